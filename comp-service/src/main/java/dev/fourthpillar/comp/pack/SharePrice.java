package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Fractions;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import java.time.LocalDate;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * What a share is taken to be worth.
 *
 * @param price 0 or more
 * @param date the day the price is of
 * @param label which price it is, for example "last close" or "409A fair market value"; 1 to {@link
 *     #MAX_LABEL} characters
 * @param growthPerYear assumed; it applies in whole years since the grant, and 0 is the default
 */
public record SharePrice(Money price, LocalDate date, String label, Percent growthPerYear) {

  public static final int MAX_LABEL = 200;

  public SharePrice {
    var checks = new Checks();
    if (checks.present("price", price)) {
      checks.that(price.signum() >= 0, "price", price, ">= 0");
    }
    checks.date("date", date);
    checks.text("label", label, MAX_LABEL);
    Percent.within(checks, "growthPerYear", growthPerYear, Base.LEAST_GROWTH, Base.MOST_GROWTH);
    checks.orThrow();
  }

  public static SharePrice flat(Money price, LocalDate date) {
    return new SharePrice(price, date, "share price", Percent.ZERO);
  }

  /** (1 + growth)^years, exact. */
  public BigFraction growthFactor(int years) {
    if (years == 0 || growthPerYear.isZero()) {
      return BigFraction.ONE;
    }
    return Fractions.of(Percent.HUNDRED.value().add(growthPerYear.value())).divide(100).pow(years);
  }

  public SnapshotRef reference() {
    return new SnapshotRef(
        SnapshotRef.Kind.SHARE_PRICE, date.toString(), price + " of " + date + ", " + label);
  }
}
