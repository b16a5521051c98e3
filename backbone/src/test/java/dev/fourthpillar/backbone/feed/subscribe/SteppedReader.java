package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The product's subscription with its tail, moved by hand: a test decides when the tail looks, when
 * the reader takes something, and when it breaks off and comes back with its last cursors.
 */
public final class SteppedReader {
  private final Jdbi jdbi;
  private final FeedTail tail;
  private final Viewer viewer;
  private final List<StoredEvent> seen = new ArrayList<>();
  private final Map<Integer, Long> covered = new HashMap<>();
  private Subscription subscription;
  private long skipped;

  /**
   * Begins at the head of every partition.
   *
   * @param bufferBytes of its tail: little, and it has to ask the database now and then
   */
  public SteppedReader(Jdbi jdbi, int audience, int bufferBytes) {
    this.jdbi = jdbi;
    this.tail = new FeedTail(jdbi, bufferBytes);
    jdbi.useHandle(tail::refresh);
    this.viewer = new Viewer("test", audience, Optional.empty(), Set.of());
    FeedLog.Heads heads = jdbi.withHandle(FeedLog::heads);
    heads.partitions().forEach(h -> covered.put(h.partition(), h.position()));
    this.subscription =
        subscribe(heads.partitions().stream().map(h -> h.cursor(heads.epoch())).toList());
  }

  private Subscription subscribe(List<Cursor> from) {
    return new Subscription(new CatchUp(jdbi), tail, viewer, tail.state().history(), from);
  }

  /** The tail looks at the log. */
  public void look(Handle handle) {
    tail.refresh(handle);
  }

  /** Takes what comes next; false at the head. */
  public boolean take() {
    return switch (subscription.next()) {
      case Found.Send(Delivery delivery) -> {
        record(delivery);
        yield true;
      }
      case Found.Passed() -> true;
      case Found.AtHead head -> {
        record(subscription.checkpoint(head));
        yield false;
      }
      case Found.Broken(Failure why) -> throw why.asException();
    };
  }

  private void record(Delivery delivery) {
    for (Delivery.Batch batch : delivery.batches()) {
      long from =
          Objects.requireNonNull(covered.put(batch.to().partition(), batch.to().position()));
      if (from != batch.fromPosition()) {
        throw new IllegalStateException(
            "the batch begins at %d, the one before ended at %d"
                .formatted(batch.fromPosition(), from));
      }
      seen.addAll(batch.events());
      skipped += batch.skipped();
    }
  }

  /** Breaks off and comes back with the last cursors. */
  public void resume() {
    subscription = subscribe(subscription.cursors());
  }

  public List<StoredEvent> seen() {
    return seen;
  }

  public long skipped() {
    return skipped;
  }

  public List<Cursor> cursors() {
    return subscription.cursors();
  }
}
