package dev.fourthpillar.cli.demo;

import com.google.type.Money;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Amounts between the contract, exact decimals and what people read. */
final class Monies {
  private static final int NANO_DIGITS = 9;
  private static final int MINOR_DIGITS = 2;

  private Monies() {}

  static Money of(String currency, String amount) {
    return MoneyMapper.toProto(
        currency, new BigDecimal(amount).movePointRight(NANO_DIGITS).toBigIntegerExact());
  }

  static BigDecimal exact(Money money) {
    return BigDecimal.valueOf(money.getUnits())
        .add(BigDecimal.valueOf(money.getNanos(), NANO_DIGITS));
  }

  /** {@code 1,234.56 USD}: what is smaller than a cent but not nothing keeps its digits. */
  static String print(Money money) {
    return money.getCurrencyCode().isEmpty()
        ? "–"
        : print(exact(money)) + " " + money.getCurrencyCode();
  }

  static String print(BigDecimal amount) {
    BigDecimal minor = amount.setScale(MINOR_DIGITS, RoundingMode.HALF_UP);
    return minor.signum() == 0 && amount.signum() != 0
        ? amount.stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%,.2f", minor);
  }
}
