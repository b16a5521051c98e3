package dev.fourthpillar.budget.pricing;

import dev.fourthpillar.pricing.book.InvalidPriceBookException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prices this service quotes and estimates with: a copy of what usage-service charges with. A
 * book counts once it is told of and all its rows are there. It never changes then, so each replica
 * reads it once.
 */
@Singleton
public final class PriceService {
  private static final Logger LOG = LoggerFactory.getLogger(PriceService.class);

  private final PriceBookRepository books;
  private volatile Loaded loaded = new Loaded(List.of(), Map.of(), PriceTable.EMPTY);

  PriceService(PriceBookRepository books) {
    this.books = books;
  }

  /** What was read, from which books. */
  private record Loaded(List<String> books, Map<String, Prices> prices, PriceTable table) {}

  /** Keeps some rows; returns false when they were there. */
  public boolean rows(Handle handle, BookChunk chunk) {
    return books.putChunk(handle, chunk);
  }

  /** A book takes effect; returns false when that was known. */
  public boolean activated(Handle handle, BookActivation book) {
    return books.putActivation(handle, book);
  }

  /** The prices as this replica knows them; costs nothing. */
  public PriceTable table() {
    return loaded.table();
  }

  /** The prices as the database has them now; reads the books that are new to this replica. */
  public PriceTable table(Handle handle) {
    List<String> complete = books.complete(handle);
    Loaded known = loaded;
    if (complete.equals(known.books())) {
      return known.table();
    }
    Map<String, Prices> prices = new HashMap<>();
    List<Prices> inOrder = new ArrayList<>();
    for (String book : complete) {
      Prices each = known.prices().get(book);
      if (each == null) {
        try {
          each = books.read(handle, book).assemble();
        } catch (InvalidPriceBookException | IllegalArgumentException e) {
          // It will not get better by reading it again, and the other books are still good.
          LOG.error("price book {} cannot be read and is left out: {}", book, e.getMessage());
          continue;
        }
      }
      prices.put(book, each);
      inOrder.add(each);
    }
    PriceTable table = new PriceTable(inOrder);
    loaded = new Loaded(complete, prices, table);
    return table;
  }
}
