package dev.fourthpillar.backbone.edge.error;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Singleton;

/**
 * Whatever is thrown inside, the caller gets one typed failure. Everything that may fail stands
 * inside this interceptor; only tracing and metrics, which want to see the result, stand outside.
 */
@Singleton
public final class ErrorInterceptor implements ServerInterceptor {
  private final FailureReporter reporter;
  private final ResponseLimit limit;

  ErrorInterceptor(FailureReporter reporter, ResponseLimit limit) {
    this.reporter = reporter;
    this.limit = limit;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    GuardedCall<Q, A> guarded = new GuardedCall<>(call, reporter, limit);
    try {
      return new GuardedListener<>(next.startCall(guarded, headers), guarded);
    } catch (Throwable thrown) {
      guarded.fail(thrown);
      return new ServerCall.Listener<>() {};
    }
  }

  /** After a failure the handler hears nothing but the end: half a request is no request. */
  private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, ?> call;

    GuardedListener(ServerCall.Listener<Q> delegate, GuardedCall<Q, ?> call) {
      super(delegate);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guarded(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guarded(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guarded(super::onReady);
    }

    private void guarded(Runnable callback) {
      if (call.hasFailed()) {
        return;
      }
      try {
        callback.run();
      } catch (Throwable thrown) {
        call.fail(thrown);
      }
    }
  }
}
