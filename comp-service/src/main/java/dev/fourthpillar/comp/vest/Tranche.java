package dev.fourthpillar.comp.vest;

import java.time.LocalDate;

/**
 * What vests on one day.
 *
 * @param installments how many installments of the schedule it holds; 0 for acceleration alone
 * @param quantity what vests on that day
 * @param cumulative what has vested up to and including that day
 */
public record Tranche(LocalDate date, int installments, Quantity quantity, Quantity cumulative) {}
