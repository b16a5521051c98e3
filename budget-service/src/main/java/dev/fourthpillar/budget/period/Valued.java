package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A segment of an entitlement as money.
 *
 * @param recurrence how often the amount is granted
 */
record Valued(
    String segment,
    LocalDate from,
    Optional<LocalDate> until,
    Recurrence recurrence,
    Amount amount) {}
