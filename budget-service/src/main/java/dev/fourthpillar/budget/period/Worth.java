package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.money.Amount;
import java.util.Optional;

/**
 * What a segment is worth, and by what.
 *
 * @param bookId the price book, where quantities were valued
 * @param quoteId the quote, where a currency was converted
 */
record Worth(Amount amount, Optional<String> bookId, Optional<String> quoteId) {}
