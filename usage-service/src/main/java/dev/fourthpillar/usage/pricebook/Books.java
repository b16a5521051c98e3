package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.pricing.book.InvalidPriceBookException;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceBookJson;
import dev.fourthpillar.pricing.cost.EmployerTerms;
import dev.fourthpillar.pricing.cost.Pricer;
import dev.fourthpillar.pricing.cost.TwoSidedPricer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Price books between their file form and what is kept. */
final class Books {
  private Books() {}

  /**
   * Reads a file.
   *
   * @param field of the request, for the failure, which lists every problem
   */
  static PriceBook read(byte[] json, String field) {
    try {
      return PriceBookJson.read(new ByteArrayInputStream(json));
    } catch (InvalidPriceBookException invalid) {
      List<Violation> violations =
          invalid.problems().stream()
              .map(problem -> new Violation(field, problem, "price_book"))
              .toList();
      throw Failure.invalidFields(violations).asException();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static StoredBook stored(
      PriceBook list, Optional<PriceBook> employer, boolean needsConfirmation, Instant now) {
    return new StoredBook(
        id(list),
        list.header().currency().getCurrencyCode(),
        list.header().effectiveFrom(),
        list.header().source(),
        list.rows().size(),
        employer.map(book -> book.rows().size()).orElse(0),
        PriceBookJson.write(list),
        employer.map(PriceBookJson::write),
        needsConfirmation,
        Optional.empty(),
        Optional.empty(),
        now);
  }

  /** Ready to price; of an activated book. */
  static BookPrices prices(StoredBook stored) {
    PriceBook list = parse(stored.listJson());
    BigDecimal discount = stored.employerDiscount().orElse(BigDecimal.ZERO);
    EmployerTerms terms = EmployerTerms.discount(discount);
    if (stored.employerJson().isPresent()) {
      terms = terms.withOwnRates(parse(stored.employerJson().get()));
    }
    return new BookPrices(
        stored.bookId(), stored.effectiveTime(), list, new TwoSidedPricer(new Pricer(list), terms));
  }

  static PriceBook parse(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8), "stored price book");
  }

  static String id(PriceBook book) {
    return book.header().id() + "/" + book.header().version();
  }
}
