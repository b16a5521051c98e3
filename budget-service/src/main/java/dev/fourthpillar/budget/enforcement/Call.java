package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.budget.hold.Quantity;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.cost.UsageScope;
import dev.fourthpillar.pricing.cost.UsageToPrice;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.quantity.Quantities;
import java.util.List;
import java.util.Optional;

/**
 * A model call, made or thought of.
 *
 * @param provider empty = told by the model
 * @param model as the caller named it
 * @param ids of the call
 * @param quantities what it consumes
 */
record Call(
    String provider, String model, List<String> ids, Quantities quantities, ServiceTier tier) {
  Call {
    ids = List.copyOf(ids);
  }

  /** What the price book is asked for. */
  UsageToPrice toPrice() {
    return new UsageToPrice(
        new ModelName(Optional.of(provider).filter(name -> !name.isEmpty()), model),
        quantities,
        UsageScope.REQUEST,
        tier,
        Optional.empty());
  }

  List<Quantity> counts() {
    return quantities.counts().entrySet().stream()
        .map(entry -> new Quantity(entry.getKey().code(), entry.getValue()))
        .toList();
  }
}
