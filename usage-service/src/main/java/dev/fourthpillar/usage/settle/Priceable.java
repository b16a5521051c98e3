package dev.fourthpillar.usage.settle;

import dev.fourthpillar.pricing.cost.UsageScope;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of a call decides its price.
 *
 * @param provider as reported
 * @param model as reported; empty when nobody says
 * @param scope of a window the sizes of its prompts are not known
 */
record Priceable(
    Instant eventTime,
    String provider,
    String model,
    Quantities quantities,
    Optional<String> serviceTier,
    Optional<String> region,
    UsageScope scope) {

  /** As the value keeps it, whatever became of its evidence. */
  static Priceable of(UnitValue value) {
    Map<Meter, Long> counts = new HashMap<>();
    value.worth().meters().forEach((meter, cost) -> counts.put(Meter.read(meter), cost.quantity()));
    String reported = value.pricedBy().provider();
    return new Priceable(
        value.eventTime(),
        // The version before did not keep it; what the book calls it is as good.
        reported.isEmpty() ? value.matter().provider() : reported,
        value.matter().reportedModel(),
        Quantities.of(counts),
        value.pricedBy().serviceTier(),
        value.pricedBy().region(),
        value.window() ? UsageScope.AGGREGATE : UsageScope.REQUEST);
  }
}
