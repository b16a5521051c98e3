package dev.fourthpillar.budget.pricing;

import dev.fourthpillar.pricing.cost.TwoSidedPricer;
import java.time.Instant;

/**
 * The prices that hold from a time on.
 *
 * @param bookId the book they are from
 * @param currency of all of them, ISO 4217
 * @param effectiveTime from when on
 * @param pricer prices usage at list price and at the employer's cost
 */
public record Prices(
    String bookId, String currency, Instant effectiveTime, TwoSidedPricer pricer) {}
