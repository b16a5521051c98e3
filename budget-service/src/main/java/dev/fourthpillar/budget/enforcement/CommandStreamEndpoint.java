package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.budget.v1.EnforceRequest;
import dev.fourthpillar.budget.v1.EnforceResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Function;

/**
 * One stream of batches: one at a time is decided, and the next is read when its answers were
 * taken. So neither a fast sender nor a slow reader makes anything grow.
 */
final class CommandStreamEndpoint implements StreamObserver<EnforceRequest> {
  private final ServerCallStreamObserver<EnforceResponse> stream;
  private final Function<EnforceRequest, List<EnforceResponse>> decide;
  private boolean deciding;
  private boolean draining;
  private boolean answersWait;

  CommandStreamEndpoint(
      ServerCallStreamObserver<EnforceResponse> stream,
      Function<EnforceRequest, List<EnforceResponse>> decide) {
    this.stream = stream;
    this.decide = decide;
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
  public void onNext(EnforceRequest batch) {
    if (!begin()) {
      return;
    }
    List<EnforceResponse> answers = decide.apply(batch);
    end(answers);
  }

  /** A batch that comes after the end is not applied. */
  private synchronized boolean begin() {
    deciding = !draining;
    return deciding;
  }

  private synchronized void end(List<EnforceResponse> answers) {
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
