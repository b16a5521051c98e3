package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.lot.Lot;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What is told of a period's use. Each threshold is told once in a period, however often holds go
 * up and down across it. When a correction or another limit takes the use below it again, it is
 * taken back, and can be told again.
 *
 * <p>The period is that of the open plan lot that began last, without one that of the open lot that
 * began first; its budget is what all open lots were granted.
 */
final class ThresholdWatch {
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private final Supplier<List<Integer>> configured;

  /**
   * @param configured the thresholds where the plan says none, rising
   */
  ThresholdWatch(Supplier<List<Integer>> configured) {
    this.configured = configured;
  }

  /** What is told now, and what to say. */
  record Told(Thresholds thresholds, long version, List<AccountEvent> events) {}

  Told look(
      Optional<AccountTerms> terms,
      Thresholds before,
      long version,
      AccountBooks books,
      boolean takeBack) {
    List<Lot> open = books.openLots();
    BigInteger budget = books.budget();
    if (budget.signum() == 0) {
      return new Told(before, version, List.of());
    }
    List<Integer> percents = terms.flatMap(AccountTerms::thresholdsPercent).orElseGet(configured);
    long start = books.periodStart().orElseThrow();
    Thresholds known =
        before.periodStart() == start ? before : new Thresholds(start, Set.of(), false);
    BigInteger used = sum(open.stream().map(lot -> lot.settled() + lot.held()).toList());
    List<AccountEvent> events = new ArrayList<>();
    Set<Integer> crossed = new TreeSet<>(known.crossed());
    long next = version;
    for (int percent : percents) {
      boolean reached =
          used.multiply(HUNDRED).compareTo(budget.multiply(BigInteger.valueOf(percent))) >= 0;
      if (reached && crossed.add(percent)) {
        events.add(new AccountEvent.Crossed(++next, percent, used, budget, start));
      } else if (!reached && takeBack && crossed.remove(percent)) {
        events.add(new AccountEvent.Cleared(++next, percent, start));
      }
    }
    boolean nothingLeft = used.compareTo(budget) >= 0 && !books.uncappedNow();
    boolean exhausted = known.exhausted();
    if (nothingLeft && !exhausted) {
      events.add(new AccountEvent.Exhausted(++next, start));
      exhausted = true;
    } else if (!nothingLeft && takeBack) {
      exhausted = false;
    }
    // Those of another plan that are not watched any more.
    crossed.retainAll(percents);
    return new Told(new Thresholds(start, crossed, exhausted), next, events);
  }

  private static BigInteger sum(List<Long> nanos) {
    return nanos.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
