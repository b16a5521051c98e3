package dev.fourthpillar.testkit.service;

import com.google.protobuf.Duration;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc.EventFeedServiceBlockingStub;
import dev.fourthpillar.events.v1.PartitionBatch;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.Context;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What a subscription from the beginning has seen when it has caught up.
 *
 * @param events in order per partition
 * @param skipped events that it was not shown
 */
public record Subscriber(List<Event> events, long skipped) {

  private static final java.time.Duration LONGEST_INTERVAL = java.time.Duration.ofSeconds(60);

  public static Subscriber caughtUp(EventFeedServiceBlockingStub feed) {
    List<Event> events = new ArrayList<>();
    long skipped = 0;
    try (Context.CancellableContext call = Context.current().withCancellation()) {
      Context before = call.attach();
      try {
        // The first checkpoint comes when the head is reached, not when the interval has passed.
        Iterator<SubscribeResponse> stream =
            feed.withDeadlineAfter(LONGEST_INTERVAL.dividedBy(2))
                .subscribe(
                    SubscribeRequest.newBuilder()
                        .setCheckpointInterval(
                            Duration.newBuilder().setSeconds(LONGEST_INTERVAL.toSeconds()))
                        .build());
        SubscribeResponse response;
        do {
          response = stream.next();
          for (PartitionBatch batch : response.getBatchesList()) {
            events.addAll(batch.getEventsList());
            skipped += batch.getSkipped();
          }
        } while (!response.hasCheckpoint());
      } finally {
        call.detach(before);
      }
    }
    return new Subscriber(List.copyOf(events), skipped);
  }

  /** {@code key@version} of each. */
  public List<String> names() {
    return events.stream().map(event -> event.getKey() + "@" + event.getVersion()).toList();
  }
}
