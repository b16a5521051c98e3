package dev.fourthpillar.backbone.stream;

import dev.fourthpillar.backbone.drain.OpenStreams;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Streams of one kind: each on a thread of its own that sleeps while there is nothing to send or
 * the client does not take it, within the limit of each caller. A drain ends them with DRAINING.
 */
public final class CallerStreams {
  private final String kind;
  private final PerCaller perCaller;
  private final Stall stall;
  private final OpenStreams openStreams;

  /**
   * @param kind begins the names of the threads
   */
  public CallerStreams(String kind, PerCaller perCaller, Stall stall, OpenStreams openStreams) {
    this.kind = kind;
    this.perCaller = perCaller;
    this.stall = stall;
    this.openStreams = openStreams;
  }

  /**
   * Streams a source.
   *
   * @param opening done at once, within the caller's limit: what it throws is thrown. What it makes
   *     is given the bell to ring when there is something new, and opens the source on the stream's
   *     thread
   */
  public <A> void open(
      String caller,
      ServerCallStreamObserver<A> stream,
      Supplier<Function<Runnable, Source<A>>> opening) {
    perCaller.enter(caller);
    try {
      Function<Runnable, Source<A>> source = opening.get();
      StreamPump<A> pump = new StreamPump<>(stream, stall);
      OpenStreams.Registration registration =
          openStreams.register(() -> pump.end(OpenStreams.draining()));
      Runnable run =
          () -> {
            try (registration) {
              pump.run(source);
            } finally {
              perCaller.leave(caller);
            }
          };
      Thread.ofVirtual().name(kind + "-" + caller).start(Context.current().wrap(run));
    } catch (RuntimeException e) {
      perCaller.leave(caller);
      throw e;
    }
  }
}
