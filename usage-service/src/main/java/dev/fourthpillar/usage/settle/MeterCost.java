package dev.fourthpillar.usage.settle;

/**
 * One meter of a unit.
 *
 * @param listNanos 0 while there is no price
 */
public record MeterCost(long quantity, long listNanos, long employerNanos) {}
