package dev.fourthpillar.budget.charge;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.plan.Plan.PriceSide;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * What something costs, on each side. Signed: a correction downwards is below 0.
 *
 * @param accountNanos what the account is charged with, in its currency
 * @param list at list price, in the price book's currency
 * @param employer what the employer pays, in the price book's currency
 * @param accountEmployerNanos that, in the account's currency
 * @param fxRateId the quote it was converted with; empty when currencies are the same
 * @param accountListNanos the list price in the account's currency, where the account is charged
 *     with another one; empty = it is {@code accountNanos}
 */
public record Cost(
    long accountNanos,
    Amount list,
    Amount employer,
    long accountEmployerNanos,
    String fxRateId,
    OptionalLong accountListNanos) {

  /** A cost with which the account is charged at that side; the other is recorded beside it. */
  public static Cost charged(
      PriceSide side,
      Amount list,
      Amount employer,
      long accountListNanos,
      long accountEmployerNanos,
      String fxRateId) {
    return switch (side) {
      case LIST ->
          new Cost(
              accountListNanos,
              list,
              employer,
              accountEmployerNanos,
              fxRateId,
              OptionalLong.empty());
      case EMPLOYER ->
          new Cost(
              accountEmployerNanos,
              list,
              employer,
              accountEmployerNanos,
              fxRateId,
              OptionalLong.of(accountListNanos));
    };
  }

  /** A cost in one currency alone, whose employer side is the same. */
  public static Cost plain(Amount amount) {
    return new Cost(amount.nanos(), amount, amount, amount.nanos(), "", OptionalLong.empty());
  }

  public Cost negated() {
    return new Cost(
        -accountNanos,
        list.negated(),
        employer.negated(),
        -accountEmployerNanos,
        fxRateId,
        accountListNanos.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(-accountListNanos.getAsLong()));
  }

  /** The sum; the currencies must be the same. */
  public Cost plus(Cost other) {
    return new Cost(
        Math.addExact(accountNanos, other.accountNanos),
        list.plus(other.list),
        employer.plus(other.employer),
        Math.addExact(accountEmployerNanos, other.accountEmployerNanos),
        fxRateId,
        accountListNanos.isEmpty() && other.accountListNanos.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(Math.addExact(accountList(), other.accountList())));
  }

  private long accountList() {
    return accountListNanos.orElse(accountNanos);
  }

  /** The same, named to be converted with the other's quote. */
  public Cost quotedAs(Cost other) {
    return new Cost(
        accountNanos, list, employer, accountEmployerNanos, other.fxRateId, accountListNanos);
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
        fxRateId,
        accountListNanos.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(share(accountListNanos.getAsLong(), nanos)));
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
