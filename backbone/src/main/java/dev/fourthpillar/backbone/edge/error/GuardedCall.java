package dev.fourthpillar.backbone.edge.error;

import com.google.protobuf.MessageLite;
import dev.fourthpillar.backbone.failure.Failure;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

/**
 * A call that several parties may end: the handler, a thrown exception, the deadline's timer, the
 * drain. The first one wins and the others are not heard; grpc-java's own call is not made for more
 * than one thread.
 */
final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final FailureReporter reporter;
  private final ResponseLimit limit;
  private boolean closed;
  private volatile boolean failed;

  GuardedCall(ServerCall<Q, A> delegate, FailureReporter reporter, ResponseLimit limit) {
    super(delegate);
    this.reporter = reporter;
    this.limit = limit;
  }

  boolean hasFailed() {
    return failed;
  }

  void fail(Throwable thrown) {
    close(Status.fromThrowable(thrown).withCause(thrown), new Metadata());
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!closed) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public void sendMessage(A message) {
    if (message instanceof MessageLite proto) {
      limit.check(proto);
    }
    synchronized (this) {
      if (!closed) {
        super.sendMessage(message);
      }
    }
  }

  @Override
  public boolean isCancelled() {
    return failed || super.isCancelled();
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (status.isOk()) {
      closeOnce(status, trailers, false);
      return;
    }
    if (failed) {
      return;
    }
    @Nullable Throwable cause = status.getCause();
    Failure failure = cause == null ? Failures.of(status) : Failures.of(cause);
    Failure reported = reporter.report(getMethodDescriptor().getFullMethodName(), failure, cause);
    StatusException sent = FailureMapper.toStatusException(reported);
    closeOnce(sent.getStatus(), sent.getTrailers(), true);
  }

  private synchronized void closeOnce(Status status, Metadata trailers, boolean failure) {
    if (closed) {
      return;
    }
    closed = true;
    failed = failure;
    super.close(status, trailers);
  }
}
