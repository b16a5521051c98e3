package dev.fourthpillar.budget.settled;

import dev.fourthpillar.budget.fx.FxService;
import dev.fourthpillar.budget.settled.BookingService.Owned;
import dev.fourthpillar.budget.settled.SettledRepository.Waiting;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Applies what usage-service charges, each line once: lines are numbered without a gap, and a
 * person's next ones are those after the last that was applied. A line that waits counts as
 * applied.
 */
@Singleton
public final class SettledService {
  /** Lines that one transaction of a sweep books. */
  static final int SWEEP_LINES = 200;

  private final SettledRepository rows;
  private final BookingService booking;

  SettledService(SettledRepository rows, BookingService booking) {
    this.rows = rows;
    this.booking = booking;
  }

  /**
   * Applies the batches that follow, and passes over those that were applied.
   *
   * @throws UsageGapException when lines before a batch are missing
   */
  void apply(Handle handle, List<UsageBatch> batches) {
    Map<String, Long> applied =
        rows.lockApplied(
            handle, batches.stream().map(UsageBatch::engineer).collect(Collectors.toSet()));
    Map<String, Long> moved = new LinkedHashMap<>();
    List<Owned> owned = new ArrayList<>();
    for (UsageBatch batch : batches) {
      long last = applied.getOrDefault(batch.engineer(), 0L);
      switch (batch.after(last)) {
        case SKIP -> {}
        case GAP -> throw new UsageGapException(batch.first(), last);
        case APPLY -> {
          applied.put(batch.engineer(), batch.last());
          moved.put(batch.engineer(), batch.last());
          owned.add(new Owned(batch.engineer(), batch.pseudonymous(), batch.lines()));
        }
      }
    }
    if (!moved.isEmpty()) {
      rows.putApplied(handle, moved);
      var _ = booking.book(handle, owned);
    }
  }

  /** Books lines that have waited and need not any more, the oldest first; returns how many. */
  int bookReady(Handle handle) {
    Map<String, List<UsageLine>> ready =
        rows.lockReady(handle, FxService.MAX_AGE_DAYS, SWEEP_LINES);
    List<Owned> owned =
        ready.entrySet().stream().map(e -> new Owned(e.getKey(), false, e.getValue())).toList();
    if (owned.isEmpty()) {
      return 0;
    }
    List<Waiting> still = booking.book(handle, owned);
    int booked = 0;
    for (Owned each : owned) {
      Set<Long> waits = new HashSet<>();
      still.stream()
          .filter(waiting -> waiting.engineer().equals(each.engineer()))
          .forEach(waiting -> waits.add(waiting.line().number()));
      List<Long> done =
          each.lines().stream().map(UsageLine::number).filter(n -> !waits.contains(n)).toList();
      rows.deleteWaiting(handle, each.engineer(), done);
      booked += done.size();
    }
    return booked;
  }

  /** The lines of a person that wait, by number. */
  public List<PendingLine> waiting(Handle handle, String engineer, int atMost) {
    return rows.waiting(handle, engineer, atMost);
  }

  /** How many of a person's lines wait. */
  public long countWaiting(Handle handle, String engineer) {
    return rows.countWaiting(handle, engineer);
  }

  /** How many lines wait in all. */
  long countWaiting(Handle handle) {
    return rows.countWaiting(handle);
  }
}
