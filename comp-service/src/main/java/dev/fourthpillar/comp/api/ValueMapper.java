package dev.fourthpillar.comp.api;

import com.google.type.Date;
import com.google.type.Decimal;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Currencies;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.terms.PayPeriod;
import dev.fourthpillar.comp.terms.Recurrence;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/** Single values. The edge has refused what is malformed; what they may be is the domain's rule. */
public final class ValueMapper {
  private static final int NANO_DECIMALS = 9;
  private static final BigDecimal NANOS_PER_UNIT = BigDecimal.TEN.pow(NANO_DECIMALS);

  private ValueMapper() {}

  public static Money money(com.google.type.Money money) {
    return new Money(
        BigDecimal.valueOf(money.getUnits())
            .add(BigDecimal.valueOf(money.getNanos(), NANO_DECIMALS)),
        currency(money.getCurrencyCode()));
  }

  /**
   * @throws ArithmeticException for more than nine decimals, which no rounded amount has
   */
  public static com.google.type.Money toProto(Money money) {
    BigDecimal[] parts = money.amount().divideAndRemainder(BigDecimal.ONE);
    return com.google.type.Money.newBuilder()
        .setCurrencyCode(money.currency().getCurrencyCode())
        .setUnits(parts[0].longValueExact())
        .setNanos(parts[1].multiply(NANOS_PER_UNIT).intValueExact())
        .build();
  }

  public static Currency currency(String code) {
    Checks checks = new Checks();
    Optional<Currency> known = Currencies.of(code);
    checks.that(known.isPresent(), "currency_code", code, "a currency of ISO 4217");
    checks.orThrow();
    return known.orElseThrow();
  }

  public static LocalDate date(Date date) {
    return DateMapper.fromProto(date, "date");
  }

  static Percent percent(Decimal percent) {
    return new Percent(DecimalMapper.fromProto(percent, "percent"));
  }

  static Percent percent(boolean given, Decimal percent) {
    return given ? percent(percent) : Percent.ZERO;
  }

  static Guarantee guarantee(dev.fourthpillar.comp.v1.Guarantee given, Guarantee otherwise) {
    return switch (given) {
      case GUARANTEE_UNSPECIFIED, UNRECOGNIZED -> otherwise;
      case GUARANTEE_CONTRACTUAL -> Guarantee.CONTRACTUAL;
      case GUARANTEE_TARGET -> Guarantee.TARGET;
      case GUARANTEE_DISCRETIONARY -> Guarantee.DISCRETIONARY;
      case GUARANTEE_ASSUMED -> Guarantee.ASSUMED;
    };
  }

  static PayPeriod period(dev.fourthpillar.comp.v1.PayPeriod given) {
    return switch (given) {
      case PAY_PERIOD_UNSPECIFIED, PAY_PERIOD_YEAR, UNRECOGNIZED -> PayPeriod.YEAR;
      case PAY_PERIOD_QUARTER -> PayPeriod.QUARTER;
      case PAY_PERIOD_MONTH -> PayPeriod.MONTH;
      case PAY_PERIOD_TWO_WEEKS -> PayPeriod.TWO_WEEKS;
      case PAY_PERIOD_WEEK -> PayPeriod.WEEK;
    };
  }

  static Recurrence recurrence(dev.fourthpillar.comp.v1.Recurrence given) {
    return switch (given) {
      case RECURRENCE_UNSPECIFIED, RECURRENCE_ANNUAL, UNRECOGNIZED -> Recurrence.ANNUAL;
      case RECURRENCE_ONE_OFF -> Recurrence.ONE_OFF;
    };
  }
}
