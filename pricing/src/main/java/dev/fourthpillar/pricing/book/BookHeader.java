package dev.fourthpillar.pricing.book;

import java.time.Instant;
import java.util.Currency;
import java.util.Objects;

/**
 * What a price book is, without its rows.
 *
 * @param id stable name over all versions, for example {@code list}
 * @param version 1, 2, … within the id
 * @param currency of every price in the book
 * @param effectiveFrom event times from here on are priced by this version
 * @param source where the prices come from, with its date
 */
public record BookHeader(
    String id, int version, Currency currency, Instant effectiveFrom, String source) {

  /** Longest book id, in UTF-16 code units. */
  public static final int MAX_ID_LENGTH = 128;

  public BookHeader {
    Objects.requireNonNull(currency, "currency");
    Objects.requireNonNull(effectiveFrom, "effectiveFrom");
    if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "id: length " + id.length() + " (expected: 1.." + MAX_ID_LENGTH + ")");
    }
    if (version < 1) {
      throw new IllegalArgumentException("version: " + version + " (expected: >= 1)");
    }
    if (source.isBlank() || source.length() > PriceRow.MAX_SOURCE_LENGTH) {
      throw new IllegalArgumentException(
          "source: length "
              + source.length()
              + " (expected: 1.."
              + PriceRow.MAX_SOURCE_LENGTH
              + ")");
    }
  }
}
