package dev.fourthpillar.comp.api;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.comp.failure.CompFailure;
import dev.fourthpillar.comp.failure.Invalid;
import dev.fourthpillar.comp.failure.RateMissing;
import dev.fourthpillar.comp.failure.Violation;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What the domain refuses, as the contract tells it: by the names that the caller's fields have.
 */
public final class CompFailureMapper {
  private static final Pattern CAPITAL = Pattern.compile("([a-z0-9])([A-Z])");

  /** Fields whose names differ by more than their case. */
  private static final Map<Pattern, String> RENAMED =
      Map.of(
          Pattern.compile("growth_per_year(\\.amount)?$"), "growth_percent",
          Pattern.compile("paid_on$"), "pay_date",
          Pattern.compile("expiry$"), "expiry_date",
          Pattern.compile("cash_conversion$"), "cash_conversion_percent",
          Pattern.compile("valued_on$"), "valuation_date",
          Pattern.compile("tokens\\.percent(\\.amount)?$"), "tokens.percent_of_base",
          Pattern.compile("(^|\\.)start$"), "$1start_date",
          Pattern.compile("purchase\\.discount$"), "purchase.discount_percent",
          Pattern.compile("size\\.count$"), "shares");

  private CompFailureMapper() {}

  /** The answer of the domain; its refusal as a failure of the call. */
  public static <T> T answered(Supplier<T> domain) {
    try {
      return domain.get();
    } catch (CompFailure refusal) {
      throw failure(refusal).asException();
    }
  }

  static Failure failure(CompFailure refusal) {
    return switch (refusal) {
      case Invalid invalid ->
          Failure.invalidFields(
              invalid.violations().stream().map(CompFailureMapper::violation).toList());
      case RateMissing missing ->
          Failure.of(Reason.FX_RATE_MISSING, missing.getMessage())
              .with("source_currency", missing.from().getCurrencyCode())
              .with("target_currency", missing.to().getCurrencyCode())
              .with("date", missing.asOf().toString());
    };
  }

  private static dev.fourthpillar.backbone.failure.Violation violation(Violation violation) {
    return new dev.fourthpillar.backbone.failure.Violation(
        wireName(violation.field()),
        violation.value() + " (expected: " + violation.expected() + ")",
        "comp");
  }

  private static String wireName(String path) {
    String name = CAPITAL.matcher(path).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    for (Map.Entry<Pattern, String> renamed : RENAMED.entrySet()) {
      name = renamed.getKey().matcher(name).replaceAll(renamed.getValue());
    }
    return name;
  }
}
