package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.pricing.book.PriceBook;
import java.util.Optional;

/**
 * A book that is to be brought in.
 *
 * @param employer the employer's own rates
 * @param keepRates whether those of the book before go on instead
 * @param account what became of the file it was made of, where it was LiteLLM's
 */
record Offer(
    PriceBook list,
    Optional<PriceBook> employer,
    boolean keepRates,
    Optional<FileAccount> account) {}
