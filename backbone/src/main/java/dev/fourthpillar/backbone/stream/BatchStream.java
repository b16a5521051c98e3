package dev.fourthpillar.backbone.stream;

import dev.fourthpillar.backbone.drain.OpenStreams;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Function;

/**
 * One stream of batches: one at a time is decided, and the next is read when its answers were
 * taken. So neither a fast sender nor a slow reader makes anything grow.
 *
 * @param <Q> a batch
 * @param <A> an answer; a batch has one or several
 */
public final class BatchStream<Q, A> implements StreamObserver<Q> {
  private final ServerCallStreamObserver<A> stream;
  private final Function<Q, List<A>> decide;
  private boolean deciding;
  private boolean draining;
  private boolean answersWait;

  /**
   * @param decide gives the answers once all of the batch is decided; runs in a context of its own,
   *     for what waits for the end of the call must not be kept for as long as the stream lives
   */
  public BatchStream(ServerCallStreamObserver<A> stream, Function<Q, List<A>> decide) {
    this.stream = stream;
    this.decide = decide;
  }

  /** Opens a stream that a drain ends. */
  public static <Q, A> StreamObserver<Q> open(
      StreamObserver<A> observer, OpenStreams openStreams, Function<Q, List<A>> decide) {
    BatchStream<Q, A> stream = new BatchStream<>((ServerCallStreamObserver<A>) observer, decide);
    stream.begin(end -> openStreams.register(end)::close);
    return stream;
  }

  /**
   * Begins to read.
   *
   * @param register is given what ends the stream in a drain; returns what forgets it
   */
  void begin(Function<Runnable, Runnable> register) {
    Runnable forget = register.apply(this::drain);
    stream.setOnCloseHandler(forget);
    stream.setOnCancelHandler(forget);
    stream.setOnReadyHandler(this::taken);
    stream.disableAutoRequest();
    stream.request(1);
  }

  @Override
  public void onNext(Q batch) {
    if (!begin()) {
      return;
    }
    end(decided(batch));
  }

  private List<A> decided(Q batch) {
    CancellableContext call = Context.current().withCancellation();
    Context before = call.attach();
    try {
      return decide.apply(batch);
    } finally {
      call.detach(before);
      call.cancel(null);
    }
  }

  /** A batch that comes after the end is not applied. */
  private synchronized boolean begin() {
    deciding = !draining;
    return deciding;
  }

  private synchronized void end(List<A> answers) {
    answers.forEach(stream::onNext);
    deciding = false;
    if (draining) {
      stream.onError(OpenStreams.draining().asException());
    } else if (stream.isReady()) {
      stream.request(1);
    } else {
      answersWait = true;
    }
  }

  private synchronized void taken() {
    if (answersWait) {
      answersWait = false;
      stream.request(1);
    }
  }

  private synchronized void drain() {
    draining = true;
    if (!deciding) {
      stream.onError(OpenStreams.draining().asException());
    }
  }

  @Override
  public synchronized void onCompleted() {
    if (!draining) {
      stream.onCompleted();
    }
  }

  @Override
  public void onError(Throwable gone) {
    // The call is over; what was decided stays decided.
  }
}
