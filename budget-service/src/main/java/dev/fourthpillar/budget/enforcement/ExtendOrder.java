package dev.fourthpillar.budget.enforcement;

import java.time.Duration;
import java.util.List;

/**
 * The call takes longer.
 *
 * @param ttl how long the hold lives from now, at least
 * @param ids more ids of the call
 */
record ExtendOrder(String engineer, String holdId, Duration ttl, List<String> ids)
    implements Order.OfHold {}
