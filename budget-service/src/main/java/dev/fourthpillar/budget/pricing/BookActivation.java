package dev.fourthpillar.budget.pricing;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A price book takes effect.
 *
 * @param chunkCount how many chunks of rows it has
 * @param employerDiscount a fraction, 0 to 1
 * @param activatedAt when it was activated: of two books with one effective time the later counts
 */
public record BookActivation(
    String bookId,
    String currency,
    Instant effectiveTime,
    int chunkCount,
    BigDecimal employerDiscount,
    Instant activatedAt) {}
