package dev.fourthpillar.pricing.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of a price list: immutable, validated as a whole. A correction is a new version,
 * never a change.
 */
public record PriceBook(BookHeader header, SortedMap<ModelKey, PriceRow> rows) {

  /** Most rows of a book; the public LiteLLM file has about 3,000. */
  public static final int MAX_ROWS = 50_000;

  /**
   * @throws InvalidPriceBookException if there is no row, there are too many, or a key is not its
   *     row's
   */
  public PriceBook {
    List<String> problems = sizeProblems(rows.size());
    rows.forEach(
        (key, row) -> {
          if (!key.equals(row.key())) {
            problems.add("row " + row.key() + " is filed under " + key);
          }
        });
    if (!problems.isEmpty()) {
      throw new InvalidPriceBookException(problems);
    }
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
  }

  /**
   * @throws InvalidPriceBookException listing every duplicate key, or a bad number of rows
   */
  public static PriceBook of(BookHeader header, Collection<PriceRow> rows) {
    List<String> problems = sizeProblems(rows.size());
    TreeMap<ModelKey, PriceRow> byKey = new TreeMap<>();
    for (PriceRow row : rows) {
      if (byKey.put(row.key(), row) != null) {
        problems.add("two rows for " + row.key());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidPriceBookException(problems);
    }
    return new PriceBook(header, byKey);
  }

  public Optional<PriceRow> row(ModelKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  private static List<String> sizeProblems(int size) {
    List<String> problems = new ArrayList<>();
    if (size < 1 || size > MAX_ROWS) {
      problems.add("rows: " + size + " (expected: 1.." + MAX_ROWS + ")");
    }
    return problems;
  }
}
