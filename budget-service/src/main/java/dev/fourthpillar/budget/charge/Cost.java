package dev.fourthpillar.budget.charge;

import dev.fourthpillar.backbone.money.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What something costs, on each side. Signed: a correction downwards is below 0.
 *
 * @param accountNanos what the account is charged with, in its currency
 * @param list at list price, in the price book's currency
 * @param employer what the employer pays, in the price book's currency
 * @param accountEmployerNanos that, in the account's currency
 * @param fxRateId the quote it was converted with; empty when currencies are the same
 */
public record Cost(
    long accountNanos, Amount list, Amount employer, long accountEmployerNanos, String fxRateId) {

  /** A cost in one currency alone, whose employer side is the same. */
  public static Cost plain(Amount amount) {
    return new Cost(amount.nanos(), amount, amount, amount.nanos(), "");
  }

  public Cost negated() {
    return new Cost(
        -accountNanos, list.negated(), employer.negated(), -accountEmployerNanos, fxRateId);
  }

  /** The sum; the currencies must be the same. */
  public Cost plus(Cost other) {
    return new Cost(
        Math.addExact(accountNanos, other.accountNanos),
        list.plus(other.list),
        employer.plus(other.employer),
        Math.addExact(accountEmployerNanos, other.accountEmployerNanos),
        fxRateId);
  }

  /** The same, named to be converted with the other's quote. */
  public Cost quotedAs(Cost other) {
    return new Cost(accountNanos, list, employer, accountEmployerNanos, other.fxRateId);
  }

  /** Whether the price book's currency is the same, so that the two can be added. */
  public boolean addable(Cost other) {
    return list.currency().equals(other.list.currency())
        && employer.currency().equals(other.employer.currency());
  }

  /** The part of it that goes with a part of the account's amount; half-even to nanos. */
  public Cost part(BigInteger nanos) {
    return new Cost(
        nanos.longValueExact(),
        new Amount(list.currency(), share(list.nanos(), nanos)),
        new Amount(employer.currency(), share(employer.nanos(), nanos)),
        share(accountEmployerNanos, nanos),
        fxRateId);
  }

  private long share(long side, BigInteger nanos) {
    if (accountNanos == 0) {
      return 0;
    }
    return new BigDecimal(BigInteger.valueOf(side).multiply(nanos))
        .divide(BigDecimal.valueOf(accountNanos), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
