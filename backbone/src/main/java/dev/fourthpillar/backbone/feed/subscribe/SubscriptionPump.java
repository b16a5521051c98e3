package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.feed.Wake;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Carries one subscription to its stream, on a thread of its own that sleeps while there is nothing
 * to send or the client does not take it.
 */
final class SubscriptionPump {
  /**
   * A client that takes nothing for so long is gone or stuck; it may come back with its cursors.
   */
  static final Duration MAX_STALL = Duration.ofMinutes(10);

  private final Subscription subscription;
  private final String source;
  private final FeedTail tail;
  private final ServerCallStreamObserver<SubscribeResponse> stream;
  private final Duration checkpointInterval;
  private final Duration maxStall;
  private final Wake wake = new Wake();
  private final AtomicReference<Failure> ending = new AtomicReference<>();
  private long lastTaken = System.nanoTime();
  private long nextCheckpoint = lastTaken;
  private long nextProgress;

  SubscriptionPump(
      Subscription subscription,
      String source,
      FeedTail tail,
      ServerCallStreamObserver<SubscribeResponse> stream,
      Duration checkpointInterval,
      Duration maxStall) {
    this.subscription = subscription;
    this.source = source;
    this.tail = tail;
    this.stream = stream;
    this.checkpointInterval = checkpointInterval;
    this.maxStall = maxStall;
    this.nextProgress = lastTaken + checkpointInterval.toNanos();
    stream.setOnReadyHandler(wake::ring);
    stream.setOnCancelHandler(wake::ring);
  }

  /** Ends the stream with this failure as soon as what is being sent has been sent. */
  void end(Failure why) {
    ending.compareAndSet(null, why);
    wake.ring();
  }

  /** Runs until the stream has ended, one way or another. */
  void run() {
    tail.addListener(wake);
    try {
      pump();
      if (!stream.isCancelled()) {
        stream.onError(ending.get().asException());
      }
    } catch (Throwable e) {
      // Errors too: a stream whose thread has died must not look like one without news.
      if (!stream.isCancelled()) {
        stream.onError(e);
      }
    } finally {
      tail.removeListener(wake);
    }
  }

  /** Runs until the client has gone or {@code ending} says why the stream ends. */
  private void pump() throws InterruptedException {
    while (!stream.isCancelled() && ending.get() == null) {
      long heard = wake.heard();
      if (!stream.isReady()) {
        waitForClient(heard);
        continue;
      }
      lastTaken = System.nanoTime();
      switch (subscription.next()) {
        case Step.Send(Delivery delivery) -> send(delivery);
        case Step.Passed() -> {
          if (System.nanoTime() - nextProgress >= 0) {
            // So that a long way through events of others is not begun again after a break. It
            // is no checkpoint: the first of those comes as soon as the head is reached.
            send(subscription.passed());
            nextProgress = System.nanoTime() + checkpointInterval.toNanos();
          }
        }
        case Step.AtHead head -> {
          if (checkpointIsDue()) {
            send(subscription.checkpoint(head));
            checkpointSent();
          } else {
            wake.await(heard, Duration.ofNanos(nextCheckpoint - System.nanoTime()));
          }
        }
        case Step.Broken(Failure why) -> end(why);
      }
    }
  }

  private boolean checkpointIsDue() {
    return System.nanoTime() - nextCheckpoint >= 0;
  }

  private void checkpointSent() {
    nextCheckpoint = System.nanoTime() + checkpointInterval.toNanos();
  }

  private void waitForClient(long heard) throws InterruptedException {
    Duration left = maxStall.minusNanos(System.nanoTime() - lastTaken);
    if (left.isPositive()) {
      wake.await(heard, left);
    } else {
      end(
          Failure.of(
                  Reason.LIMIT_EXCEEDED,
                  "the client took nothing for %s; subscribe again with the last cursor"
                      .formatted(maxStall))
              .with("limit", "subscription.max-stall")
              .with("max", maxStall.toString())
              .with("actual", maxStall.toString()));
    }
  }

  private void send(Delivery delivery) {
    stream.onNext(SubscriptionMapper.toProto(delivery, source));
  }
}
