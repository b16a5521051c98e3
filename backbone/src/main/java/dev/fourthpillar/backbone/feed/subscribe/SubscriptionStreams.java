package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.HashMap;
import java.util.Map;

/**
 * Starts subscriptions on their streams, within the limit of each caller, and ends them in a drain.
 */
final class SubscriptionStreams {
  /** Open subscriptions of one caller on one replica. */
  static final int MAX_PER_CALLER = 64;

  private final Subscriptions subscriptions;
  private final FeedTail tail;
  private final String source;
  private final OpenStreams openStreams;
  private final Map<String, Integer> perCaller = new HashMap<>();

  SubscriptionStreams(
      Subscriptions subscriptions, FeedTail tail, String source, OpenStreams openStreams) {
    this.subscriptions = subscriptions;
    this.tail = tail;
    this.source = source;
    this.openStreams = openStreams;
  }

  void open(SubscriptionOrder order, ServerCallStreamObserver<SubscribeResponse> stream) {
    String caller = order.viewer().name();
    enter(caller);
    try {
      SubscriptionPump pump =
          new SubscriptionPump(
              subscriptions.open(order),
              source,
              tail,
              stream,
              order.checkpointInterval(),
              SubscriptionPump.MAX_STALL);
      OpenStreams.Registration registration =
          openStreams.register(() -> pump.end(OpenStreams.draining()));
      Thread.ofVirtual()
          .name("subscription-" + caller)
          .start(
              () -> {
                try (registration) {
                  pump.run();
                } finally {
                  leave(caller);
                }
              });
    } catch (RuntimeException e) {
      leave(caller);
      throw e;
    }
  }

  private synchronized void enter(String caller) {
    int open = perCaller.merge(caller, 1, Integer::sum);
    if (open > MAX_PER_CALLER) {
      leave(caller);
      throw Failure.of(
              Reason.LIMIT_EXCEEDED,
              "subscriptions of caller '%s': %d (expected: at most %d)"
                  .formatted(caller, open, MAX_PER_CALLER))
          .with("limit", "subscriptions-per-caller")
          .with("max", Integer.toString(MAX_PER_CALLER))
          .with("actual", Integer.toString(open))
          .asException();
    }
  }

  private synchronized void leave(String caller) {
    perCaller.computeIfPresent(caller, (_, open) -> open == 1 ? null : open - 1);
  }
}
