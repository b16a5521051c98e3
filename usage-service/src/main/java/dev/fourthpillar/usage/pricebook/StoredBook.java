package dev.fourthpillar.usage.pricebook;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A price book as it is kept.
 *
 * @param bookId its id and version
 * @param listJson the list, in the published form
 * @param employerJson the employer's own rates, in the same form
 * @param needsConfirmation whether it drops or changes more than may go unseen
 * @param employerDiscount set on activation
 */
record StoredBook(
    String bookId,
    String currency,
    Instant effectiveTime,
    String source,
    int rows,
    int employerRows,
    String listJson,
    Optional<String> employerJson,
    boolean needsConfirmation,
    Optional<BigDecimal> employerDiscount,
    Optional<Instant> activatedAt,
    Instant createdAt) {

  StoredBook activated(BigDecimal discount, Instant at) {
    return new StoredBook(
        bookId,
        currency,
        effectiveTime,
        source,
        rows,
        employerRows,
        listJson,
        employerJson,
        needsConfirmation,
        Optional.of(discount),
        Optional.of(at),
        createdAt);
  }
}
