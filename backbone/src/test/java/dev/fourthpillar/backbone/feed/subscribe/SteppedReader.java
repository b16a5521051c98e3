package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.util.ArrayList;
import java.util.List;
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
  private Subscription subscription;
  private long skipped;

  /** Begins at the head of every partition. */
  public SteppedReader(Jdbi jdbi, int audience) {
    this.jdbi = jdbi;
    this.tail = new FeedTail(jdbi);
    jdbi.useHandle(tail::refresh);
    this.viewer = new Viewer("test", audience, Optional.empty(), Set.of());
    FeedLog.Heads heads = jdbi.withHandle(FeedLog::heads);
    this.subscription =
        subscribe(heads.partitions().stream().map(h -> h.cursor(heads.epoch())).toList());
  }

  private Subscription subscribe(List<Cursor> from) {
    return new Subscription(jdbi, tail, viewer, tail.state().epoch(), from);
  }

  /** The tail looks at the log. */
  public void look(Handle handle) {
    tail.refresh(handle);
  }

  /** Takes what comes next; false at the head. */
  public boolean take() {
    return switch (subscription.next()) {
      case Step.Send(Delivery delivery) -> {
        record(delivery);
        yield true;
      }
      case Step.Passed() -> true;
      case Step.AtHead() -> {
        record(subscription.checkpoint(tail.state().completeUntil()));
        yield false;
      }
    };
  }

  private void record(Delivery delivery) {
    for (Delivery.Batch batch : delivery.batches()) {
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
