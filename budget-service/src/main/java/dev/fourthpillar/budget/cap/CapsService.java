package dev.fourthpillar.budget.cap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fourthpillar.backbone.storage.RevisionStore;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.lot.Minutes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Caps as those who decide and book need them. Windows are rows; one is made before anything is
 * locked that needs it, and never by who decides, so that nobody waits for an unfinished one.
 */
@Singleton
public final class CapsService {
  /** Windows of which this replica remembers that they are there. */
  private static final int MAX_REMEMBERED = 10_000;

  /** How long a window is kept: longer than holds and late usage count in it. */
  static final Duration KEPT = Duration.ofDays(500);

  private final CapRepository rows;
  private final Transactions transactions;
  private final Cache<CapKey, Boolean> open =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();
  private final RevisionStore<CapTable> table;

  CapsService(CapRepository rows, Transactions transactions) {
    this.rows = rows;
    this.transactions = transactions;
    this.table =
        new RevisionStore<>(
            CapTable.EMPTY, rows::revision, handle -> new CapTable(rows.all(handle)));
  }

  /** The caps as the transaction sees them; read again only when one has changed. */
  public CapTable table(Handle handle) {
    return table.get(handle);
  }

  /** Lets these windows be there, in a transaction of its own if one of them may not be. */
  public void open(Collection<CapKey> windows, Instant now) {
    List<CapKey> unknown = unknown(windows);
    if (unknown.isEmpty()) {
      return;
    }
    var _ =
        transactions.run(
            handle -> {
              rows.deleteOld(handle, unknown, Minutes.of(now.minus(KEPT)));
              rows.open(handle, unknown);
              return true;
            });
    unknown.forEach(key -> open.put(key, true));
  }

  /** The same in a transaction that has locked nothing of accounts and caps yet. */
  public void open(Handle handle, Collection<CapKey> windows) {
    List<CapKey> unknown = unknown(windows);
    if (!unknown.isEmpty()) {
      rows.open(handle, unknown);
    }
  }

  /** Those that may not be there. */
  private List<CapKey> unknown(Collection<CapKey> windows) {
    return windows.stream().distinct().filter(key -> open.getIfPresent(key) == null).toList();
  }

  /** What counts in these windows at this moment. */
  public Map<CapKey, CapRoom> look(Handle handle, Collection<CapKey> windows) {
    return windows.isEmpty() ? Map.of() : rows.rooms(handle, windows);
  }

  /**
   * What counts in these windows, locked in their order until the transaction ends. To be called
   * when all accounts are locked: the row that most want is held shortest.
   */
  public Map<CapKey, CapRoom> lock(Handle handle, Collection<CapKey> windows) {
    return windows.isEmpty() ? Map.of() : rows.lockRooms(handle, windows);
  }
}
