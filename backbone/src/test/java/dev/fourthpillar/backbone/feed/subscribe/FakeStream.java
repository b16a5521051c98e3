package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.events.v1.SubscribeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.CompletableFuture;

/** A subscriber's stream whose client takes nothing. */
final class FakeStream extends ServerCallStreamObserver<SubscribeResponse> {
  private final CompletableFuture<Throwable> end = new CompletableFuture<>();
  private volatile Runnable onCancel = () -> {};
  private volatile boolean cancelled;

  /** The client goes away. */
  void cancel() {
    cancelled = true;
    onCancel.run();
  }

  /** What the stream ended with. */
  CompletableFuture<Throwable> end() {
    return end;
  }

  @Override
  public boolean isReady() {
    return false;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onNext(SubscribeResponse response) {
    end.completeExceptionally(new AssertionError("sent to a client that takes nothing"));
  }

  @Override
  public void onError(Throwable error) {
    end.complete(error);
  }

  @Override
  public void onCompleted() {
    end.completeExceptionally(new AssertionError("ended as though all were well"));
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    // It never is.
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
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
  public void request(int count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setMessageCompression(boolean enable) {
    throw new UnsupportedOperationException();
  }
}
