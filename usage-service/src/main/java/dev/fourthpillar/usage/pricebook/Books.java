package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.pricing.book.BookHeader;
import dev.fourthpillar.pricing.book.InvalidPriceBookException;
import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceBookJson;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.cost.EmployerTerms;
import dev.fourthpillar.pricing.cost.Pricer;
import dev.fourthpillar.pricing.cost.TwoSidedPricer;
import dev.fourthpillar.pricing.litellm.LiteLlmImport;
import dev.fourthpillar.pricing.litellm.LiteLlmImporter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
      throw invalid(field, invalid.problems());
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

  /** Makes a book of the public LiteLLM file. */
  static LiteLlmImport.Imported liteLlm(BookHeader header, byte[] json) {
    try {
      return switch (LiteLlmImporter.read(header, new ByteArrayInputStream(json))) {
        case LiteLlmImport.Imported imported -> imported;
        case LiteLlmImport.Refused(List<String> problems) ->
            throw invalid("litellm.json", problems);
      };
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static FailureException invalid(String field, List<String> problems) {
    return Failure.invalidFields(
            problems.stream().map(problem -> new Violation(field, problem, "price_book")).toList())
        .asException();
  }

  /**
   * Ready to price.
   *
   * @param like books of which equal rows are shared: versions of one book differ in few
   */
  static BookPrices prices(StoredBook stored, Collection<BookPrices> like) {
    PriceBook list = shared(parse(stored.listJson()), like);
    BigDecimal discount = stored.employerDiscount().orElse(BigDecimal.ZERO);
    EmployerTerms terms = EmployerTerms.discount(discount);
    if (stored.employerJson().isPresent()) {
      terms = terms.withOwnRates(parse(stored.employerJson().get()));
    }
    return new BookPrices(
        stored.bookId(), stored.effectiveTime(), list, new TwoSidedPricer(new Pricer(list), terms));
  }

  private static PriceBook shared(PriceBook book, Collection<BookPrices> like) {
    List<PriceRow> rows = new ArrayList<>();
    for (PriceRow row : book.rows().values()) {
      rows.add(
          like.stream()
              .map(other -> other.list().rows().get(row.key()))
              .filter(row::equals)
              .findFirst()
              .orElse(row));
    }
    return PriceBook.of(book.header(), rows);
  }

  /** The next version of a book, from a time on, with the employer paying otherwise for a model. */
  static StoredBook negotiated(StoredBook base, int version, NegotiatedRate rate, Instant now) {
    PriceBook list = parse(base.listJson());
    BookHeader header =
        new BookHeader(
            list.header().id(),
            version,
            list.header().currency(),
            rate.since(),
            list.header().source());
    SortedMap<ModelKey, PriceRow> rates = new TreeMap<>();
    base.employerJson().ifPresent(json -> rates.putAll(parse(json).rows()));
    rates.remove(rate.model());
    rate.row().ifPresent(row -> rates.put(rate.model(), row));
    Optional<PriceBook> employer =
        rates.isEmpty()
            ? Optional.empty()
            : Optional.of(PriceBook.of(header, List.copyOf(rates.values())));
    return stored(PriceBook.of(header, List.copyOf(list.rows().values())), employer, false, now);
  }

  static PriceBook parse(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8), "stored price book");
  }

  static String id(PriceBook book) {
    return book.header().id() + "/" + book.header().version();
  }
}
