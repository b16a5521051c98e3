package dev.fourthpillar.backbone.stream;

import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.edge.auth.Callers;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;

/** Server-streaming answers to whoever calls. */
@Singleton
public final class AnswerStreams {
  /** Open streams of one caller on one replica. */
  static final int MAX_PER_CALLER = 64;

  /** A client that takes nothing for so long is gone or stuck. */
  private static final Duration MAX_STALL = Duration.ofMinutes(10);

  private final CallerStreams streams;

  AnswerStreams(OpenStreams openStreams) {
    this.streams =
        new CallerStreams(
            "answers",
            new PerCaller("streams-per-caller", "open streams", MAX_PER_CALLER),
            new Stall("stream.max-stall", MAX_STALL, ""),
            openStreams);
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
    streams.open(Callers.current().subject(), (ServerCallStreamObserver<A>) observer, () -> source);
  }
}
