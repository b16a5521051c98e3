package dev.fourthpillar.comp.money;

import dev.fourthpillar.comp.failure.Checks;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The currencies of ISO 4217, by their codes. */
public final class Currencies {
  private static final Map<String, Currency> BY_CODE =
      Currency.getAvailableCurrencies().stream()
          .collect(Collectors.toUnmodifiableMap(Currency::getCurrencyCode, Function.identity()));

  private Currencies() {}

  public static Optional<Currency> of(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** Only of what is paid with: units of account such as gold have no minor units. */
  public static Optional<Currency> withMinorUnits(String code) {
    return of(code).filter(Currencies::hasMinorUnits);
  }

  /** Notes a violation of the field {@code currency} when absent or without minor units. */
  public static void check(Checks checks, Currency currency) {
    if (checks.present("currency", currency)) {
      checks.that(
          hasMinorUnits(currency), "currency", currency, "a currency with minor units in ISO 4217");
    }
  }

  private static boolean hasMinorUnits(Currency currency) {
    return currency.getDefaultFractionDigits() >= 0;
  }
}
