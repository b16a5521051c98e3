package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.proration.Proration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/**
 * Who leaves.
 *
 * @param lastDay empty for the recorded one, else today where the person is
 * @param knownAt packages as they were known then; empty for now
 * @param currency empty for that of the person's account
 * @param proration how base of a part of the year is counted
 */
public record LeaverQuery(
    String engineer,
    Optional<LocalDate> lastDay,
    Optional<Instant> knownAt,
    Optional<Currency> currency,
    Proration proration) {}
