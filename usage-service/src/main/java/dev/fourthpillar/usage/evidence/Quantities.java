package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Token counts by disjoint kind. A kind that is absent is unknown; a kind at 0 is known to be none.
 *
 * @param counts never negative
 * @param reasoning the part of {@link TokenKind#OUTPUT} that was reasoning; never more than it
 */
public record Quantities(Map<TokenKind, Long> counts, OptionalLong reasoning) {

  private static final Quantities NONE = new Quantities(Map.of(), OptionalLong.empty());

  public Quantities {
    requireNonNull(reasoning);
    counts = Map.copyOf(counts);
    counts.forEach(
        (kind, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(kind + ": " + count + " (expected: >= 0)");
          }
        });
    if (reasoning.isPresent()) {
      long output = counts.getOrDefault(TokenKind.OUTPUT, -1L);
      if (reasoning.getAsLong() < 0 || reasoning.getAsLong() > output) {
        throw new IllegalArgumentException(
            "reasoning: " + reasoning.getAsLong() + " (expected: 0 to output, " + output + ")");
      }
    }
  }

  public static Quantities none() {
    return NONE;
  }

  public OptionalLong of(TokenKind kind) {
    Long count = counts.get(kind);
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** All tokens whose kind is known. */
  public long total() {
    return counts.values().stream().reduce(0L, Math::addExact);
  }

  /** Tokens written to a cache, however long it lives. */
  public long cacheWrite() {
    long sum = 0;
    for (Map.Entry<TokenKind, Long> entry : counts.entrySet()) {
      sum =
          switch (entry.getKey()) {
            case CACHE_WRITE_5M, CACHE_WRITE_30M, CACHE_WRITE_1H, CACHE_WRITE_12H, CACHE_WRITE ->
                Math.addExact(sum, entry.getValue());
            case INPUT, CACHE_READ, OUTPUT -> sum;
          };
    }
    return sum;
  }

  /** Adds kind by kind, exactly; throws ArithmeticException rather than wrap. */
  public Quantities plus(Quantities other) {
    Map<TokenKind, Long> sum = new EnumMap<>(TokenKind.class);
    sum.putAll(counts);
    other.counts.forEach((kind, count) -> sum.merge(kind, count, Math::addExact));
    return new Quantities(sum, add(reasoning, other.reasoning));
  }

  private static OptionalLong add(OptionalLong left, OptionalLong right) {
    if (left.isEmpty()) {
      return right;
    }
    return right.isEmpty()
        ? left
        : OptionalLong.of(Math.addExact(left.getAsLong(), right.getAsLong()));
  }
}
