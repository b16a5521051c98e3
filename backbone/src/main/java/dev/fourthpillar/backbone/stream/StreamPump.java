package dev.fourthpillar.backbone.stream;

import dev.fourthpillar.backbone.failure.Failure;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Carries a source to its stream, on the thread that runs it. */
final class StreamPump<A> {
  private final ServerCallStreamObserver<A> stream;
  private final Stall stall;
  private final Semaphore bell = new Semaphore(0);
  private final AtomicReference<Failure> ending = new AtomicReference<>();
  private long lastTaken = System.nanoTime();

  StreamPump(ServerCallStreamObserver<A> stream, Stall stall) {
    this.stream = stream;
    this.stall = stall;
    stream.setOnReadyHandler(this::ring);
    stream.setOnCancelHandler(this::ring);
  }

  /** There may be something to do. Any number of rings are one. */
  private void ring() {
    bell.release();
  }

  /** Ends the stream with this failure as soon as what is being sent has been sent. */
  void end(Failure why) {
    ending.compareAndSet(null, why);
    ring();
  }

  /** Runs until the stream has ended, one way or another. */
  void run(Function<Runnable, Source<A>> opened) {
    try (Source<A> source = opened.apply(this::ring)) {
      boolean complete = pump(source);
      if (!stream.isCancelled()) {
        if (complete) {
          stream.onCompleted();
        } else {
          stream.onError(ending.get().asException());
        }
      }
    } catch (Throwable e) {
      // Errors too: a stream whose thread has died must not look like one without news.
      if (!stream.isCancelled()) {
        stream.onError(e);
      }
    }
  }

  /** Whether the source has come to its end. */
  private boolean pump(Source<A> source) throws InterruptedException {
    while (!stream.isCancelled() && ending.get() == null) {
      // What rings from here on is about what is not looked at yet.
      bell.drainPermits();
      if (!stream.isReady()) {
        waitForClient();
        continue;
      }
      lastTaken = System.nanoTime();
      switch (source.next()) {
        case Source.Step.Send<A>(A answer) -> stream.onNext(answer);
        case Source.Step.Wait<A>(Duration atMost) -> await(atMost);
        case Source.Step.End<A>() -> {
          return true;
        }
      }
    }
    return false;
  }

  private void waitForClient() throws InterruptedException {
    Duration left = stall.max().minusNanos(System.nanoTime() - lastTaken);
    if (left.isPositive()) {
      await(left);
    } else {
      end(stall.failure());
    }
  }

  private void await(Duration atMost) throws InterruptedException {
    var _ = bell.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
