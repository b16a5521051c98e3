package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.stream.CallerStreams;
import dev.fourthpillar.backbone.stream.PerCaller;
import dev.fourthpillar.backbone.stream.Stall;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;

/** Starts subscriptions on their streams. */
final class SubscriptionStreams {
  /** Open subscriptions of one caller on one replica. */
  static final int MAX_PER_CALLER = 64;

  /**
   * A client that takes nothing for so long is gone or stuck; it may come back with its cursors.
   */
  private static final Duration MAX_STALL = Duration.ofMinutes(10);

  private final Subscriptions subscriptions;
  private final FeedTail tail;
  private final String source;
  private final CallerStreams streams;

  SubscriptionStreams(
      Subscriptions subscriptions, FeedTail tail, String source, OpenStreams openStreams) {
    this(subscriptions, tail, source, openStreams, MAX_STALL);
  }

  SubscriptionStreams(
      Subscriptions subscriptions,
      FeedTail tail,
      String source,
      OpenStreams openStreams,
      Duration maxStall) {
    this.subscriptions = subscriptions;
    this.tail = tail;
    this.source = source;
    this.streams =
        new CallerStreams(
            "subscription",
            new PerCaller("subscriptions-per-caller", "subscriptions", MAX_PER_CALLER),
            new Stall("subscription.max-stall", maxStall, "subscribe again with the last cursor"),
            openStreams);
  }

  void open(SubscriptionOrder order, ServerCallStreamObserver<SubscribeResponse> stream) {
    streams.open(
        order.viewer().name(),
        stream,
        () -> {
          Subscription subscription = subscriptions.open(order);
          return bell ->
              new SubscriptionSource(subscription, tail, bell, order.checkpointInterval())
                  .map(delivery -> SubscriptionMapper.toProto(delivery, source));
        });
  }
}
