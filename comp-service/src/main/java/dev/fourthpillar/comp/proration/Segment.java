package dev.fourthpillar.comp.proration;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.money.Money;
import java.time.LocalDate;

/**
 * A stretch of a calendar year with one yearly amount.
 *
 * @param to its last day
 * @param line what the stretch earns, rounded, with its explanation
 */
public record Segment(LocalDate from, LocalDate to, Money perYear, Line line) {}
