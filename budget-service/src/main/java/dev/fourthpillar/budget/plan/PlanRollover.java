package dev.fourthpillar.budget.plan;

import dev.fourthpillar.backbone.money.Amount;
import java.util.Optional;

/**
 * How what is unused of a period's lot goes on as a lot of its own: as far as both caps allow.
 *
 * @param percent of what the period's lot granted, 1 to 100
 * @param most empty for no such cap; of a lot in another currency nothing goes on
 * @param days from the end of the period's lot on, on which it pays
 * @param priority lower is used up first; lots of periods have 100
 */
public record PlanRollover(int percent, Optional<Amount> most, int days, int priority) {}
