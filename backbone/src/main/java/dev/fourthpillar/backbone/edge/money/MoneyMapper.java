package dev.fourthpillar.backbone.edge.money;

import com.google.type.Money;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.money.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code google.type.Money} to exact amounts and back. */
public final class MoneyMapper {
  private static final int MAX_NANOS = 999_999_999;
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final BigInteger NANOS_PER_UNIT = BigInteger.valueOf(Amount.NANOS_PER_UNIT);

  private MoneyMapper() {}

  /**
   * The amount of a field.
   *
   * @param field path of the field, for the failure
   */
  public static Amount fromProto(Money money, String field) {
    List<Violation> violations = violations(money, field);
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    try {
      long nanos =
          Math.addExact(
              Math.multiplyExact(money.getUnits(), Amount.NANOS_PER_UNIT), money.getNanos());
      return new Amount(money.getCurrencyCode(), nanos);
    } catch (ArithmeticException _) {
      BigDecimal units =
          BigDecimal.valueOf(money.getUnits()).add(BigDecimal.valueOf(money.getNanos(), 9));
      throw Amount.outOfRange(field, units, money.getCurrencyCode()).asException();
    }
  }

  /** The amount as the contract carries it. */
  public static Money toProto(Amount amount) {
    return Money.newBuilder()
        .setCurrencyCode(amount.currency())
        .setUnits(amount.nanos() / Amount.NANOS_PER_UNIT)
        .setNanos((int) (amount.nanos() % Amount.NANOS_PER_UNIT))
        .build();
  }

  /**
   * Nanos of a currency as the contract carries them: a sum may be larger than any {@link Amount}.
   *
   * @throws ArithmeticException for more units than a long has
   */
  public static Money toProto(String currency, BigInteger nanos) {
    BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_UNIT);
    return Money.newBuilder()
        .setCurrencyCode(currency)
        .setUnits(parts[0].longValueExact())
        .setNanos(parts[1].intValueExact())
        .build();
  }

  /** Nanos of a currency as the contract carries them. */
  public static Money toProto(String currency, long nanos) {
    return toProto(currency, BigInteger.valueOf(nanos));
  }

  /**
   * What is wrong with a money value whatever it is for: currency, nanos, signs.
   *
   * @param field path of the field
   */
  public static List<Violation> violations(Money money, String field) {
    List<Violation> violations = new ArrayList<>();
    if (!CURRENCY.matcher(money.getCurrencyCode()).matches()) {
      violations.add(
          new Violation(
              field + ".currency_code",
              "must be an ISO 4217 code, three capital letters",
              "iso4217"));
    }
    if (Math.abs((long) money.getNanos()) > MAX_NANOS) {
      violations.add(
          new Violation(
              field + ".nanos", "must be between -999,999,999 and +999,999,999", "money.nanos"));
    }
    if (Long.signum(money.getUnits()) * Integer.signum(money.getNanos()) < 0) {
      violations.add(
          new Violation(field + ".nanos", "must have the sign of units", "money.same_sign"));
    }
    return violations;
  }
}
