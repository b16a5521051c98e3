package dev.fourthpillar.comp.personal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/**
 * Whose statement.
 *
 * @param asOf empty for today where the person is
 * @param knownAt the package as it was known then; empty for now
 * @param currency empty for that of the person's account
 */
public record StatementQuery(
    String engineer,
    Optional<LocalDate> asOf,
    Optional<Instant> knownAt,
    Optional<Currency> currency) {}
