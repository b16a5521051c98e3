package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.account.AccountCommand.Said;
import dev.fourthpillar.budget.account.AccountCommand.Settle;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What is booked for each attempt of a settlement. An actual amount counts before prices, and is
 * split as the prices are. What has no price and no actual amount costs what was estimated: a real
 * cost is never booked as nothing.
 */
final class SettledAttempts {
  private SettledAttempts() {}

  static List<Attempt> of(Settle settle, Attempt estimate) {
    if (settle.actual().isPresent()) {
      return split(settle.said(), settle.actual().get(), estimate);
    }
    List<Attempt> booked = new ArrayList<>();
    boolean estimated = false;
    for (Said said : settle.said()) {
      if (said.priced()) {
        booked.add(said.attempt());
      } else {
        // Attempts without a price are tries of the one call that was estimated.
        Cost once = estimated ? estimate.cost().part(BigInteger.ZERO) : estimate.cost();
        booked.add(said.attempt().at(once));
        estimated = true;
      }
    }
    return booked;
  }

  private static List<Attempt> split(List<Said> said, Cost actual, Attempt estimate) {
    if (said.isEmpty()) {
      return List.of(estimate.at(actual));
    }
    BigInteger total = BigInteger.ZERO;
    for (Said one : said) {
      total = total.add(priced(one));
    }
    List<Attempt> booked = new ArrayList<>();
    Cost left = actual;
    for (int i = 0; i < said.size() - 1; i++) {
      BigInteger nanos =
          total.signum() == 0
              ? BigInteger.ZERO
              : BigInteger.valueOf(actual.accountNanos())
                  .multiply(priced(said.get(i)))
                  .divide(total);
      Cost part = actual.part(nanos);
      booked.add(said.get(i).attempt().at(part));
      left = left.plus(part.negated());
    }
    booked.add(said.getLast().attempt().at(left));
    return booked;
  }

  private static BigInteger priced(Said said) {
    return said.priced()
        ? BigInteger.valueOf(said.attempt().cost().accountNanos())
        : BigInteger.ZERO;
  }
}
