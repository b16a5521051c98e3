package dev.fourthpillar.backbone.feed.consume;

import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.events.v1.GetPartitionsResponse;
import dev.fourthpillar.events.v1.SubscribeResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The feed of another service, wherever it is. */
public interface FeedSource {
  /** The feed's epoch and partitions. */
  GetPartitionsResponse partitions();

  /** Goes on behind these cursors, in their partitions only; empty {@code types} = all. */
  Stream subscribe(List<Cursor> cursors, Set<String> types);

  /** A running subscription. Closing it ends it at the other side as well. */
  interface Stream extends AutoCloseable {
    /**
     * The next message, or empty when none came in time.
     *
     * @throws io.grpc.StatusRuntimeException when the stream has ended
     */
    Optional<SubscribeResponse> next(Duration atMost) throws InterruptedException;

    @Override
    void close();
  }
}
