package dev.fourthpillar.charging.model;

/**
 * A change of what is charged, as told to budget-service.
 *
 * @param number of the payer's settlements, from 1 without a gap
 */
public record Settlement(long number, int unit, Charge change) {}
