package dev.fourthpillar.comp.money;

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
    return of(code).filter(currency -> currency.getDefaultFractionDigits() >= 0);
  }
}
