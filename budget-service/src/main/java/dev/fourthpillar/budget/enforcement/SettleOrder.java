package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A settlement as it was told. */
record SettleOrder(
    String engineer,
    String holdId,
    List<Call> calls,
    Optional<Amount> actual,
    Map<String, String> content)
    implements Order.OfHold {}
