package dev.fourthpillar.comp.personal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/**
 * Everybody's statements on a day.
 *
 * @param knownAt packages as they were known then; empty for now
 * @param currency of all of them; empty for that of each person's account
 * @param team only of this one; empty for everybody
 */
public record ListQuery(
    LocalDate asOf,
    Optional<Instant> knownAt,
    Optional<Currency> currency,
    Optional<String> team) {}
