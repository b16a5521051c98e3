package dev.fourthpillar.budget.enforcement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.CacheLoader;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What the database answered, remembered for a moment; and the last answer for as long as the
 * database is away, where that is asked for.
 */
final class Remembered<K, V> {
  private static final int MAX_REMEMBERED = 100_000;

  private final LoadingCache<K, V> fresh;
  private final Cache<Object, V> last = Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();
  private final Function<K, Object> name;
  private final BooleanSupplier away;

  /**
   * @param name under which an answer is the last one to a question; that of another moment is the
   *     same question
   * @param away whether the last answers are to be given
   */
  Remembered(
      Duration ttl,
      Function<K, Object> name,
      BooleanSupplier away,
      Function<Set<? extends K>, Map<K, V>> ask) {
    this.name = name;
    this.away = away;
    this.fresh =
        Caffeine.newBuilder()
            .expireAfterWrite(ttl)
            .maximumSize(MAX_REMEMBERED)
            .build(
                CacheLoader.<K, V>bulk(
                    keys -> {
                      Map<K, V> answers = ask.apply(keys);
                      answers.forEach((key, answer) -> last.put(name.apply(key), answer));
                      return answers;
                    }));
  }

  V get(K key) {
    return away.getAsBoolean()
        ? last(key).orElseThrow(() -> UncheckedHolds.unavailable().asException())
        : fresh.get(key);
  }

  Map<K, V> getAll(Set<K> keys) {
    if (!away.getAsBoolean()) {
      return fresh.getAll(keys);
    }
    Map<K, V> answers = new HashMap<>();
    keys.forEach(key -> answers.put(key, get(key)));
    return answers;
  }

  /** The last answer there was. */
  Optional<V> last(K key) {
    return Optional.ofNullable(last.getIfPresent(name.apply(key)));
  }

  void forget(Collection<K> keys) {
    fresh.invalidateAll(keys);
  }
}
