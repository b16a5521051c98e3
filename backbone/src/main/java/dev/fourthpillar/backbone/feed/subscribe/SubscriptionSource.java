package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.stream.Source;
import java.time.Duration;

/** What one subscription sends: events, and a checkpoint when there is nothing else for a while. */
final class SubscriptionSource implements Source<Delivery> {
  private final Subscription subscription;
  private final FeedTail tail;
  private final Runnable bell;
  private final Duration checkpointInterval;
  private long nextCheckpoint = System.nanoTime();
  private long nextProgress;

  /**
   * @param bell is rung when the tail has news
   */
  SubscriptionSource(
      Subscription subscription, FeedTail tail, Runnable bell, Duration checkpointInterval) {
    this.subscription = subscription;
    this.tail = tail;
    this.bell = bell;
    this.checkpointInterval = checkpointInterval;
    this.nextProgress = nextCheckpoint + checkpointInterval.toNanos();
    tail.addListener(bell);
  }

  @Override
  public Step<Delivery> next() {
    return switch (subscription.next()) {
      case Found.Send(Delivery delivery) -> new Step.Send<>(delivery);
      case Found.Passed() -> passed();
      case Found.AtHead head -> atHead(head);
      case Found.Broken(Failure why) -> throw why.asException();
    };
  }

  private Step<Delivery> passed() {
    if (System.nanoTime() - nextProgress < 0) {
      return new Step.Wait<>(Duration.ZERO);
    }
    // So that a long way through events of others is not begun again after a break. It is no
    // checkpoint: the first of those comes as soon as the head is reached.
    nextProgress = System.nanoTime() + checkpointInterval.toNanos();
    return new Step.Send<>(subscription.passed());
  }

  private Step<Delivery> atHead(Found.AtHead head) {
    long left = nextCheckpoint - System.nanoTime();
    if (left > 0) {
      return new Step.Wait<>(Duration.ofNanos(left));
    }
    nextCheckpoint = System.nanoTime() + checkpointInterval.toNanos();
    return new Step.Send<>(subscription.checkpoint(head));
  }

  @Override
  public void close() {
    tail.removeListener(bell);
  }
}
