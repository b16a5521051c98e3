package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A segment of an entitlement as money.
 *
 * @param amount per year, or once
 */
record Valued(String segment, LocalDate from, Optional<LocalDate> until, Amount amount) {}
