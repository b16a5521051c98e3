package dev.fourthpillar.usage.kinds;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Disjoint quantities, and what was odd about the numbers they were made of.
 *
 * @param known the meters the source spoke of, if only to say 0: absent is unknown, not 0
 */
public record Reckoned(
    Quantities quantities, SortedSet<TokenMeter> known, Set<EvidenceFlag> flags) {

  public Reckoned {
    requireNonNull(quantities);
    known = Collections.unmodifiableSortedSet(new TreeSet<>(known));
    flags = Set.copyOf(flags);
  }

  /** Collects kinds one by one; what is absent stays absent. */
  static final class Sheet {
    private final Map<TokenMeter, Long> counts = new HashMap<>();
    private final Set<EvidenceFlag> flags = EnumSet.noneOf(EvidenceFlag.class);

    Sheet put(TokenMeter kind, OptionalLong count) {
      count.ifPresent(known -> counts.put(kind, known));
      return this;
    }

    Sheet put(TokenMeter kind, long count) {
      counts.put(kind, count);
      return this;
    }

    Sheet flag(EvidenceFlag flag) {
      flags.add(flag);
      return this;
    }

    /**
     * Whole minus parts, and never below 0: a source whose parts exceed the whole is wrong about
     * one of them.
     */
    long remainder(long whole, long parts) {
      if (parts > whole) {
        flag(EvidenceFlag.CLAMPED);
        return 0;
      }
      return whole - parts;
    }

    /** Reasoning as a part of output; unknown output has no parts. */
    Sheet reasoning(OptionalLong part) {
      Long output = counts.get(TokenMeter.OUTPUT);
      if (part.isEmpty() || output == null) {
        return this;
      }
      if (part.getAsLong() > output) {
        flag(EvidenceFlag.CLAMPED);
      }
      return put(TokenMeter.REASONING, Math.min(part.getAsLong(), output));
    }

    /** The source's own total against the numbers it says it is the total of. */
    Sheet check(OptionalLong total, OptionalLong sum) {
      if (total.isPresent() && sum.isPresent() && total.getAsLong() != sum.getAsLong()) {
        flag(EvidenceFlag.SUM_MISMATCH);
      }
      return this;
    }

    Reckoned done() {
      boolean empty = counts.isEmpty();
      boolean whole = counts.containsKey(TokenMeter.INPUT) && counts.containsKey(TokenMeter.OUTPUT);
      if (!empty && !whole) {
        flag(EvidenceFlag.PARTIAL);
      }
      return new Reckoned(Quantities.of(Map.copyOf(counts)), new TreeSet<>(counts.keySet()), flags);
    }
  }
}
