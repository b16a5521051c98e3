package dev.fourthpillar.budget.plan;

import java.time.LocalDate;

/**
 * From a day on, a person's plan.
 *
 * @param plan its id; empty = none any more
 */
public record Assignment(LocalDate from, String plan) {}
