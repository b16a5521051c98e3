package dev.fourthpillar.pricing.book;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The price book a fresh installation starts with: list prices of current models, taken from the
 * public LiteLLM file of 2026-08-06 (see NOTICE). A model that is not in it is UNPRICED until a
 * book with a price is imported. Negotiated prices are never shipped: they are {@code
 * EmployerTerms}.
 */
public final class SeedPriceBook {

  private static final String RESOURCE = "seed-price-book.json";

  private SeedPriceBook() {}

  /** Reads the resource; parse once and keep it. */
  public static PriceBook load() {
    try (InputStream in = SeedPriceBook.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + RESOURCE);
      }
      return PriceBookJson.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
