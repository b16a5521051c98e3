package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.money.Fractions;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.option.BlackScholes;
import dev.fourthpillar.comp.vest.Quantity;
import dev.fourthpillar.comp.vest.Tranche;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * The Black-Scholes value of a grant's unit, on the grant date's terms and at the price that is
 * used for its intrinsic value.
 *
 * @param perUnit rounded to {@link BlackScholes#DECIMALS} digits
 * @param expectedTermYears (average vesting time by units + contractual term) / 2, the simplified
 *     method of the SEC's SAB 107, in years of 365 days, to 6 digits
 */
public record OptionValue(Money perUnit, BigDecimal expectedTermYears, OptionModel model) {

  private static final int DAYS_PER_YEAR = 365;
  private static final int TERM_DECIMALS = 6;

  /** Empty for shares, and where no assumptions are given. */
  public static Optional<OptionValue> of(EquityGrant grant) {
    return grant
        .instrument()
        .right()
        .flatMap(right -> right.model().map(model -> value(grant, right, model)));
  }

  private static OptionValue value(EquityGrant grant, Instrument.Terms right, OptionModel model) {
    Money price = grant.price().price();
    BigDecimal term =
        expectedTerm(grant, right.expiry()).bigDecimalValue(TERM_DECIMALS, RoundingMode.HALF_UP);
    BigDecimal perUnit =
        BlackScholes.call(
            price.amount(),
            right.strike().amount(),
            term,
            fraction(model.volatility().value()),
            fraction(model.riskFreeRate().value()),
            fraction(model.dividendYield().value()));
    return new OptionValue(new Money(perUnit, price.currency()), term, model);
  }

  private static BigFraction expectedTerm(EquityGrant grant, LocalDate expiry) {
    BigFraction weighted = BigFraction.ZERO;
    Quantity total = grant.size().shares();
    for (Tranche tranche : grant.vestTable().tranches()) {
      weighted =
          weighted.add(
              tranche
                  .quantity()
                  .fraction()
                  .divide(total.fraction())
                  .multiply(Fractions.of(days(grant, tranche.date()), DAYS_PER_YEAR)));
    }
    return weighted.add(Fractions.of(days(grant, expiry), DAYS_PER_YEAR)).divide(2);
  }

  private static long days(EquityGrant grant, LocalDate day) {
    return ChronoUnit.DAYS.between(grant.grantDate(), day);
  }

  private static BigDecimal fraction(BigDecimal percent) {
    return percent.movePointLeft(2);
  }
}
