package dev.fourthpillar.budget.pricing;

import dev.fourthpillar.pricing.book.BookHeader;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceBookJson;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.cost.EmployerTerms;
import dev.fourthpillar.pricing.cost.Pricer;
import dev.fourthpillar.pricing.cost.TwoSidedPricer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * A price book as it was told: in chunks, each a book of its own rows.
 *
 * @param bookId unique for ever
 * @param currency of all prices
 * @param effectiveTime from when on usage is priced with it
 * @param employerDiscount what the employer pays less than the list price, as a fraction
 * @param listJson the list's chunks, in order
 * @param employerJson the employer's own rates, in order; empty ones say nothing
 */
record BookParts(
    String bookId,
    String currency,
    Instant effectiveTime,
    BigDecimal employerDiscount,
    List<String> listJson,
    List<String> employerJson) {

  /** The book, ready to price. */
  Prices assemble() {
    PriceBook list = book(listJson);
    EmployerTerms terms = EmployerTerms.discount(employerDiscount);
    List<String> own = employerJson.stream().filter(json -> !json.isEmpty()).toList();
    if (!own.isEmpty()) {
      terms = terms.withOwnRates(book(own));
    }
    return new Prices(bookId, currency, effectiveTime, new TwoSidedPricer(new Pricer(list), terms));
  }

  private PriceBook book(List<String> chunks) {
    List<PriceRow> rows = new ArrayList<>();
    String source = bookId;
    for (String chunk : chunks) {
      try {
        PriceBook part =
            PriceBookJson.read(new ByteArrayInputStream(chunk.getBytes(StandardCharsets.UTF_8)));
        source = part.header().source();
        rows.addAll(part.rows().values());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return PriceBook.of(
        new BookHeader(bookId, 1, Currency.getInstance(currency), effectiveTime, source), rows);
  }
}
