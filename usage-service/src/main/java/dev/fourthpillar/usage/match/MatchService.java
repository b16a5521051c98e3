package dev.fourthpillar.usage.match;

import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.due.MatchDueRepository;
import dev.fourthpillar.usage.due.MatchDueRepository.Around;
import dev.fourthpillar.usage.match.Pairing.Pair;
import dev.fourthpillar.usage.settle.SettleConfig;
import dev.fourthpillar.usage.settle.Valuation;
import dev.fourthpillar.usage.store.UnitRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Joins calls to the holds they were made under, where no id does: by exact quantities, and what a
 * hold only estimated by the nearest call of its life. Not before ids have had their time to come.
 */
@Singleton
public final class MatchService {
  private final Transactions transactions;
  private final MatchDueRepository due;
  private final MatchRepository candidates;
  private final UnitRepository units;
  private final Valuation valuation;
  private final SettleConfig config;
  private final InstantSource clock;

  MatchService(
      Transactions transactions,
      MatchDueRepository due,
      MatchRepository candidates,
      UnitRepository units,
      Valuation valuation,
      SettleConfig config,
      InstantSource clock) {
    this.transactions = transactions;
    this.due = due;
    this.candidates = candidates;
    this.units = units;
    this.valuation = valuation;
    this.config = config;
    this.clock = clock;
  }

  /** Looks at the next place that is due. Whether there was one. */
  public boolean matchDue() {
    return transactions.run(
        handle -> {
          Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
          Optional<Around> around = due.take(handle, now);
          around.ifPresent(place -> match(handle, place, now));
          return around.isPresent();
        });
  }

  private void match(Handle handle, Around around, Instant now) {
    List<Pair> wanted = pairs(handle, around, now);
    if (wanted.isEmpty()) {
      return;
    }
    TreeSet<Long> touched = new TreeSet<>();
    wanted.forEach(
        pair -> {
          touched.add(pair.held());
          touched.add(pair.call());
        });
    units.lock(handle, touched);
    // What has changed before the locks were there is not joined; it is looked at by its own cause.
    SortedMap<Long, Long> into = new TreeMap<>();
    pairs(handle, around, now).stream()
        .filter(pair -> touched.contains(pair.held()) && touched.contains(pair.call()))
        .forEach(
            pair ->
                into.put(Math.max(pair.held(), pair.call()), Math.min(pair.held(), pair.call())));
    units.merge(handle, into);
    TreeSet<Long> changed = new TreeSet<>(into.keySet());
    changed.addAll(into.values());
    valuation.revalue(handle, changed, List.of(), now);
  }

  private List<Pair> pairs(Handle handle, Around around, Instant now) {
    Instant knownSince = now.minus(config.unmatchedWait());
    return Pairing.of(
        candidates.holds(handle, around, knownSince), candidates.calls(handle, around, knownSince));
  }
}
