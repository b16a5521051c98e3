package dev.fourthpillar.comp.proration;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.money.ExactMoney;
import java.time.LocalDate;

/**
 * A stretch of a year with one yearly amount.
 *
 * @param to its last day
 * @param perYear in the currency it is stated in
 * @param line what the stretch earns, rounded, with its explanation
 */
public record Segment(LocalDate from, LocalDate to, ExactMoney perYear, Line line) {}
