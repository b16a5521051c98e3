package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.account.AccountCommand.By;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How reductions of a person's lots are told.
 *
 * @param length before one takes effect
 * @param by who changed the entitlement, and why
 * @param toCome those that were told, by time
 */
record Notice(Duration length, By by, List<Reduction> toCome, Instant now) {
  Notice {
    toCome = List.copyOf(toCome);
  }
}
