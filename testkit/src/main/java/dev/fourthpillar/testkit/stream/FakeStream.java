package dev.fourthpillar.testkit.stream;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A service's side of a stream without a wire; a test says what its client takes. */
public final class FakeStream<A> extends ServerCallStreamObserver<A> {
  private static final int PATIENCE_SECONDS = 30;

  private final List<A> sent = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
  private final AtomicInteger requested = new AtomicInteger();
  private volatile Runnable onReady = () -> {};
  private volatile Runnable onCancel = () -> {};
  private volatile boolean ready;
  private volatile boolean cancelled;

  private FakeStream(boolean ready) {
    this.ready = ready;
  }

  /** Its client takes everything at once. */
  public static <A> FakeStream<A> taking() {
    return new FakeStream<>(true);
  }

  /** Its client takes nothing. */
  public static <A> FakeStream<A> takingNothing() {
    return new FakeStream<>(false);
  }

  /** The client takes nothing from now on. */
  public void pause() {
    ready = false;
  }

  /** The client takes what there is, and will take what comes. */
  public void take() {
    ready = true;
    onReady.run();
  }

  /** The client goes away. */
  public void cancel() {
    cancelled = true;
    onCancel.run();
  }

  /** What was sent so far. */
  public List<A> sent() {
    return List.copyOf(sent);
  }

  /** How many messages the service has asked its client for. */
  public int requested() {
    return requested.get();
  }

  /** Waits for the end: what the stream failed with, or empty when it was completed. */
  public Optional<Throwable> end() {
    try {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the stream has not ended", e);
    }
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onNext(A answer) {
    if (end.isDone()) {
      throw new IllegalStateException("sent after the end: " + answer);
    }
    sent.add(answer);
  }

  @Override
  public void onError(Throwable error) {
    end(Optional.of(error));
  }

  @Override
  public void onCompleted() {
    end(Optional.empty());
  }

  private void end(Optional<Throwable> how) {
    if (!end.complete(how)) {
      throw new IllegalStateException("ended twice");
    }
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
  }

  @Override
  public void setOnCloseHandler(Runnable handler) {
    // Closed is what the transport is after the end; there is none.
  }

  @Override
  public void disableAutoRequest() {
    // Nothing is requested but by request().
  }

  @Override
  public void request(int count) {
    requested.addAndGet(count);
  }

  @Override
  public void setCompression(String compression) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void disableAutoInboundFlowControl() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setMessageCompression(boolean enable) {
    throw new UnsupportedOperationException();
  }
}
