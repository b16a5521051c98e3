package dev.fourthpillar.backbone.stream;

import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Server-streaming answers: each on a thread of its own that sleeps while there is nothing to send
 * or the client does not take it, within the limit of each caller. A drain ends them with DRAINING.
 */
@Singleton
public final class AnswerStreams {
  /** Open streams of one caller on one replica. */
  static final int MAX_PER_CALLER = 64;

  /** A client that takes nothing for so long is gone or stuck. */
  static final Duration MAX_STALL = Duration.ofMinutes(10);

  private final OpenStreams openStreams;
  private final Map<String, Integer> perCaller = new HashMap<>();

  AnswerStreams(OpenStreams openStreams) {
    this.openStreams = openStreams;
  }

  /** Streams what has an end and needs no bell. */
  public <A> void open(StreamObserver<A> observer, Source<A> source) {
    open(observer, _ -> source);
  }

  /**
   * Streams a source.
   *
   * @param source is given the bell that it rings when there is something new
   */
  public <A> void open(StreamObserver<A> observer, Function<Runnable, Source<A>> source) {
    String caller = Callers.current().subject();
    enter(caller);
    try {
      StreamPump<A> pump = new StreamPump<>((ServerCallStreamObserver<A>) observer, MAX_STALL);
      OpenStreams.Registration registration =
          openStreams.register(() -> pump.end(OpenStreams.draining()));
      Runnable run =
          () -> {
            try (registration) {
              pump.run(source);
            } finally {
              leave(caller);
            }
          };
      Thread.ofVirtual().name("answers-" + caller).start(Context.current().wrap(run));
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
              "open streams of caller '%s': %d (expected: at most %d)"
                  .formatted(caller, open, MAX_PER_CALLER))
          .with("limit", "streams-per-caller")
          .with("max", Integer.toString(MAX_PER_CALLER))
          .with("actual", Integer.toString(open))
          .asException();
    }
  }

  private synchronized void leave(String caller) {
    perCaller.computeIfPresent(caller, (_, open) -> open == 1 ? null : open - 1);
  }
}
