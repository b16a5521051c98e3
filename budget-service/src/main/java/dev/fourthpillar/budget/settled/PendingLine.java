package dev.fourthpillar.budget.settled;

import dev.fourthpillar.backbone.money.Amount;
import java.time.Instant;

/**
 * A line that is applied and waits to be booked.
 *
 * @param number in the person's usage
 * @param cause what it waits for
 * @param minute when the calls were made
 * @param list at list price
 * @param recordedAt since when it waits
 */
public record PendingLine(
    long number, PendingCause cause, Instant minute, Amount list, Instant recordedAt) {}
