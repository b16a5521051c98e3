package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceBook;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the employer negotiated or what own models cost. A discount is a fraction of the list price,
 * 0 … 1 with at most 6 decimals; the most specific one counts: model, then provider, then default.
 *
 * @param ownRates rows that replace list and discount altogether: negotiated rates, and self-hosted
 *     models at their marginal cost; in the list book's currency
 */
public record EmployerTerms(
    BigDecimal defaultDiscount,
    Map<String, BigDecimal> providerDiscounts,
    Map<ModelKey, BigDecimal> modelDiscounts,
    Optional<PriceBook> ownRates) {

  /** Digits behind the point of a discount. */
  public static final int MAX_DISCOUNT_SCALE = 6;

  public EmployerTerms {
    defaultDiscount = check("default", defaultDiscount);
    Map<String, BigDecimal> providers = new HashMap<>();
    providerDiscounts.forEach((provider, d) -> providers.put(provider, check(provider, d)));
    providerDiscounts = Map.copyOf(providers);
    Map<ModelKey, BigDecimal> models = new HashMap<>();
    modelDiscounts.forEach((key, d) -> models.put(key, check(key.toString(), d)));
    modelDiscounts = Map.copyOf(models);
    Objects.requireNonNull(ownRates, "ownRates");
  }

  /** The employer pays list prices. */
  public static EmployerTerms none() {
    return discount(BigDecimal.ZERO);
  }

  /** One discount on everything; 0.40 is 40 % off. */
  public static EmployerTerms discount(BigDecimal fraction) {
    return new EmployerTerms(fraction, Map.of(), Map.of(), Optional.empty());
  }

  public EmployerTerms withOwnRates(PriceBook rates) {
    return new EmployerTerms(
        defaultDiscount, providerDiscounts, modelDiscounts, Optional.of(rates));
  }

  /** What remains of the list price of that model: 1 − discount, exact. */
  BigDecimal factor(ModelKey key) {
    BigDecimal discount = modelDiscounts.get(key);
    if (discount == null) {
      discount = providerDiscounts.getOrDefault(key.provider(), defaultDiscount);
    }
    return BigDecimal.ONE.subtract(discount);
  }

  private static BigDecimal check(String what, BigDecimal discount) {
    BigDecimal stripped = discount.stripTrailingZeros();
    if (discount.signum() < 0
        || discount.compareTo(BigDecimal.ONE) > 0
        || stripped.scale() > MAX_DISCOUNT_SCALE) {
      throw new IllegalArgumentException(
          "discount of "
              + what
              + ": "
              + discount
              + " (expected: 0..1, at most "
              + MAX_DISCOUNT_SCALE
              + " decimals)");
    }
    return stripped;
  }
}
