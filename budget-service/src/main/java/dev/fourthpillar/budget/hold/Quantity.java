package dev.fourthpillar.budget.hold;

/**
 * How much of a meter.
 *
 * @param meter its code
 * @param count at least 0
 */
public record Quantity(String meter, long count) {}
