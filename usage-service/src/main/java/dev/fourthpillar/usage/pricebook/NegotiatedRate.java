package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceRow;
import java.time.Instant;
import java.util.Optional;

/**
 * What the employer pays for a model.
 *
 * @param row absent where the list price less the discount holds again
 * @param since for calls from when on
 */
record NegotiatedRate(ModelKey model, Optional<PriceRow> row, Instant since) {}
