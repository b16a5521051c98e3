package dev.fourthpillar.cli.pay;

import com.google.type.Money;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts between the contract and what people read and write. */
public final class Amounts {
  public static final String FORM = "an amount and a currency, for example 375,000.00 USD";

  private static final int NANO_DIGITS = 9;
  private static final Pattern WRITTEN =
      Pattern.compile("(-?(?:\\d{1,15}|\\d{1,3}(?:,\\d{3}){1,4})(?:\\.\\d{1,9})?) ([A-Z]{3})");

  private Amounts() {}

  /** Empty when the text is no amount. */
  public static Optional<Money> parse(String text) {
    var written = WRITTEN.matcher(text.strip());
    return written.matches()
        ? Optional.of(
            MoneyMapper.toProto(
                written.group(2),
                new BigDecimal(written.group(1).replace(",", ""))
                    .movePointRight(NANO_DIGITS)
                    .toBigIntegerExact()))
        : Optional.empty();
  }

  /** {@code 1,234.50 USD}, {@code 1,235 JPY}. */
  public static String print(Money money) {
    return number(money) + " " + money.getCurrencyCode();
  }

  /** The same without its currency, where a column has one for all. */
  public static String number(Money money) {
    BigDecimal amount =
        BigDecimal.valueOf(money.getUnits())
            .add(BigDecimal.valueOf(money.getNanos(), NANO_DIGITS))
            .stripTrailingZeros();
    int digits = Math.max(amount.scale(), minorDigits(money.getCurrencyCode()));
    return String.format(Locale.ROOT, "%,." + digits + "f", amount);
  }

  private static int minorDigits(String currency) {
    return Currency.getAvailableCurrencies().stream()
        .filter(known -> known.getCurrencyCode().equals(currency))
        .map(Currency::getDefaultFractionDigits)
        .findFirst()
        .orElse(0);
  }
}
