package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.budget.cap.Cap;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapRate;
import dev.fourthpillar.budget.cap.CapScope;
import dev.fourthpillar.budget.cap.CapTable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** In which caps a call counts, and at which rates. */
@Singleton
final class CallCaps {
  private final FactsService facts;

  CallCaps(FactsService facts) {
    this.facts = facts;
  }

  /**
   * Where a call counts.
   *
   * @param refusal why it cannot be told how much
   */
  record Found(List<CapDemand> demands, Optional<Failure> refusal) {}

  /** The first of these caps that does not exist. */
  Optional<String> unknown(Set<String> caps) {
    if (caps.stream().allMatch(cap -> facts.caps().find(cap).isPresent())) {
      return Optional.empty();
    }
    // It may have been made a moment ago.
    CapTable now = facts.capsNow();
    return caps.stream().sorted().filter(cap -> now.find(cap).isEmpty()).findFirst();
  }

  Found of(ReserveOrder order, Priced.At price, Instant now) {
    List<CapDemand> demands = new ArrayList<>();
    String listed = price.cost().list().currency();
    for (Cap cap : facts.caps().of(scope(order, price))) {
      String currency = cap.amount().currency();
      LocalDate day = now.atZone(ZoneOffset.UTC).toLocalDate();
      Optional<CapRate> rate =
          CapRate.of(
              listed,
              units ->
                  facts
                      .conversion(listed, currency, day)
                      .map(conversion -> conversion.convert(units)));
      if (rate.isEmpty()) {
        return new Found(List.of(), Optional.of(CallPrices.rateMissing(listed, currency, day)));
      }
      demands.add(cap.demand(now, rate.get()));
    }
    return new Found(demands, Optional.empty());
  }

  private static CapScope scope(ReserveOrder order, Priced.At price) {
    Set<String> models = new HashSet<>();
    if (order.wanted() instanceof Wanted.Estimated(Call call) && !call.provider().isEmpty()) {
      models.add(call.provider() + "/" + call.model());
    }
    if (!price.model().isEmpty()) {
      models.add(price.model());
    }
    return new CapScope(models, order.terms().tool(), order.terms().project(), order.scopes());
  }
}
