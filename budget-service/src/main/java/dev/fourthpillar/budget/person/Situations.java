package dev.fourthpillar.budget.person;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The situations of one person, so that a charge is judged by the one at the time of its call.
 *
 * @param bySince at least one, from the earliest on; the first counts from ever
 */
public record Situations(List<Since> bySince) {
  public Situations {
    bySince = List.copyOf(bySince);
    if (bySince.isEmpty()) {
      throw new IllegalArgumentException("situations: none (expected: at least one)");
    }
  }

  /** From when on it counts. */
  public record Since(Instant since, Situation situation) {}

  /** The one that counted at that time. */
  public Situation at(Instant time) {
    Situation found = bySince.getFirst().situation();
    for (Since next : bySince) {
      if (next.since().isAfter(time)) {
        break;
      }
      found = next.situation();
    }
    return found;
  }

  /** Every currency in which the person has an account. */
  public Set<String> currencies() {
    return bySince.stream().map(s -> s.situation().currency()).collect(Collectors.toSet());
  }
}
