package dev.fourthpillar.pricing.cost;

import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.quantity.Quantities;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be priced.
 *
 * @param region data-residency label as the provider reports it ({@code us}, {@code eu}); a label
 *     without an uplift in the row changes nothing
 */
public record UsageToPrice(
    ModelName model,
    Quantities quantities,
    UsageScope scope,
    ServiceTier serviceTier,
    Optional<String> region) {

  public UsageToPrice {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(quantities, "quantities");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(serviceTier, "serviceTier");
    region = region.map(label -> label.toLowerCase(Locale.ROOT));
  }

  /** One request, standard tier, no region. */
  public static UsageToPrice request(ModelName model, Quantities quantities) {
    return new UsageToPrice(
        model, quantities, UsageScope.REQUEST, ServiceTier.STANDARD, Optional.empty());
  }

  public UsageToPrice at(ServiceTier tier) {
    return new UsageToPrice(model, quantities, scope, tier, region);
  }

  public UsageToPrice in(String label) {
    return new UsageToPrice(model, quantities, scope, serviceTier, Optional.of(label));
  }

  public UsageToPrice aggregated() {
    return new UsageToPrice(model, quantities, UsageScope.AGGREGATE, serviceTier, region);
  }
}
