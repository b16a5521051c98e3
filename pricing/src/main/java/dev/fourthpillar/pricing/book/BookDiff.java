package dev.fourthpillar.pricing.book;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What changes, row by row, when one version follows another. A row's source is not a change. */
public record BookDiff(
    SortedSet<ModelKey> added,
    SortedSet<ModelKey> dropped,
    SortedMap<ModelKey, Change> changed,
    int unchanged) {

  /** A row whose prices differ. */
  public record Change(PriceRow before, PriceRow after) {}

  /**
   * Shares of the old book's rows above which an import is held for confirmation.
   *
   * @param maxDroppedShare 0 … 1
   * @param maxChangedShare 0 … 1
   */
  public record HoldLimits(BigDecimal maxDroppedShare, BigDecimal maxChangedShare) {

    public HoldLimits {
      checkShare("maxDroppedShare", maxDroppedShare);
      checkShare("maxChangedShare", maxChangedShare);
    }

    private static void checkShare(String what, BigDecimal share) {
      if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
        throw new IllegalArgumentException(what + ": " + share + " (expected: 0..1)");
      }
    }
  }

  public BookDiff {
    added = Collections.unmodifiableSortedSet(new TreeSet<>(added));
    dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
    changed = Collections.unmodifiableSortedMap(new TreeMap<>(changed));
  }

  /**
   * @throws IllegalArgumentException if the currencies differ: such books cannot be compared
   */
  public static BookDiff between(PriceBook before, PriceBook after) {
    if (!before.header().currency().equals(after.header().currency())) {
      throw new IllegalArgumentException(
          "currency: "
              + after.header().currency()
              + " (expected: "
              + before.header().currency()
              + ")");
    }
    SortedSet<ModelKey> added = new TreeSet<>(after.rows().keySet());
    added.removeAll(before.rows().keySet());
    SortedSet<ModelKey> dropped = new TreeSet<>();
    SortedMap<ModelKey, Change> changed = new TreeMap<>();
    for (PriceRow old : before.rows().values()) {
      PriceRow now = after.rows().get(old.key());
      if (now == null) {
        dropped.add(old.key());
      } else if (!old.samePricesAs(now)) {
        changed.put(old.key(), new Change(old, now));
      }
    }
    int unchanged = before.rows().size() - dropped.size() - changed.size();
    return new BookDiff(added, dropped, changed, unchanged);
  }

  /** Dropped rows as a share of the old book's, 0 … 1, for display (34 digits). */
  public BigDecimal droppedShare() {
    return share(dropped.size());
  }

  /** Changed rows as a share of the old book's, 0 … 1, for display (34 digits). */
  public BigDecimal changedShare() {
    return share(changed.size());
  }

  /** Whether a person must confirm: a share is above (not at) its limit. Compared exactly. */
  public boolean mustBeConfirmed(HoldLimits limits) {
    return exceeds(dropped.size(), limits.maxDroppedShare())
        || exceeds(changed.size(), limits.maxChangedShare());
  }

  private boolean exceeds(int count, BigDecimal maxShare) {
    return BigDecimal.valueOf(count).compareTo(maxShare.multiply(oldRows())) > 0;
  }

  private BigDecimal share(int count) {
    return BigDecimal.valueOf(count).divide(oldRows(), MathContext.DECIMAL128);
  }

  private BigDecimal oldRows() {
    return BigDecimal.valueOf((long) dropped.size() + changed.size() + unchanged);
  }
}
