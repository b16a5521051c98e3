package dev.fourthpillar.budget.hold;

import java.time.Duration;

/**
 * What a hold was asked for.
 *
 * @param engineer who makes the call
 * @param holdId unique for the engineer
 * @param project empty for none
 * @param tool empty for none
 * @param agent empty for none
 * @param allowPartial whether less than asked for is welcome
 */
public record HoldTerms(
    String engineer,
    String holdId,
    Duration ttl,
    OnExpiry onExpiry,
    String project,
    String tool,
    String agent,
    boolean allowPartial) {}
