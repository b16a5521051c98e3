package dev.fourthpillar.usage.normalise;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.Quantities;
import dev.fourthpillar.usage.evidence.TokenKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Disjoint quantities, and what was odd about the numbers they were made of. */
record Reckoned(Quantities quantities, Set<EvidenceFlag> flags) {

  Reckoned {
    requireNonNull(quantities);
    flags = Set.copyOf(flags);
  }

  /** Collects kinds one by one; what is absent stays absent. */
  static final class Sheet {
    private final Map<TokenKind, Long> counts = new EnumMap<>(TokenKind.class);
    private final Set<EvidenceFlag> flags = EnumSet.noneOf(EvidenceFlag.class);
    private OptionalLong reasoning = OptionalLong.empty();

    Sheet put(TokenKind kind, OptionalLong count) {
      count.ifPresent(known -> counts.put(kind, known));
      return this;
    }

    Sheet put(TokenKind kind, long count) {
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
      Long output = counts.get(TokenKind.OUTPUT);
      if (part.isEmpty() || output == null) {
        return this;
      }
      if (part.getAsLong() > output) {
        flag(EvidenceFlag.CLAMPED);
      }
      reasoning = OptionalLong.of(Math.min(part.getAsLong(), output));
      return this;
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
      boolean whole = counts.containsKey(TokenKind.INPUT) && counts.containsKey(TokenKind.OUTPUT);
      if (!empty && !whole) {
        flag(EvidenceFlag.PARTIAL);
      }
      return new Reckoned(new Quantities(counts, reasoning), flags);
    }
  }
}
