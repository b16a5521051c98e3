package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.feed.Wake;
import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
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
  private final Wake wake = new Wake();
  private final AtomicReference<Failure> ending = new AtomicReference<>();
  private boolean caughtUpOnce;
  private long lastSent = System.nanoTime();

  SubscriptionPump(
      Subscription subscription,
      String source,
      FeedTail tail,
      ServerCallStreamObserver<SubscribeResponse> stream,
      Duration checkpointInterval) {
    this.subscription = subscription;
    this.source = source;
    this.tail = tail;
    this.stream = stream;
    this.checkpointInterval = checkpointInterval;
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stream.onError(e);
    } catch (RuntimeException e) {
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
      if (subscription.diverged()) {
        end(
            Failure.of(
                Reason.CURSOR_DIVERGED,
                "the feed has begun a new epoch; its history was restored"));
        continue;
      }
      Instant completeUntil = tail.state().completeUntil();
      switch (subscription.next()) {
        case Step.Send(Delivery delivery) -> send(delivery);
        case Step.Passed() -> {
          // There may be more; look again at once.
        }
        case Step.AtHead() -> atHead(heard, completeUntil);
      }
    }
  }

  private void atHead(long heard, Instant completeUntil) throws InterruptedException {
    Duration untilCheckpoint =
        caughtUpOnce ? checkpointInterval.minusNanos(System.nanoTime() - lastSent) : Duration.ZERO;
    if (untilCheckpoint.isPositive()) {
      wake.await(heard, untilCheckpoint);
    } else {
      caughtUpOnce = true;
      send(subscription.checkpoint(completeUntil));
    }
  }

  private void waitForClient(long heard) throws InterruptedException {
    Duration left = MAX_STALL.minusNanos(System.nanoTime() - lastSent);
    if (left.isPositive()) {
      wake.await(heard, left);
    } else {
      end(
          Failure.of(
                  Reason.LIMIT_EXCEEDED,
                  "the client took nothing for %s; subscribe again with the last cursor"
                      .formatted(MAX_STALL))
              .with("limit", "subscription.max-stall")
              .with("max", MAX_STALL.toString())
              .with("actual", MAX_STALL.toString()));
    }
  }

  private void send(Delivery delivery) {
    stream.onNext(SubscriptionMapper.toProto(delivery, source));
    lastSent = System.nanoTime();
  }
}
