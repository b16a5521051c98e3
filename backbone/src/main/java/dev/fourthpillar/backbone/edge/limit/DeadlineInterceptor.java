package dev.fourthpillar.backbone.edge.limit;

import dev.fourthpillar.backbone.config.LiveConfiguration;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.Contexts;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives every unary call an end. A call without a deadline gets the default one; a later one than
 * the maximum is brought forward. Streams have none: subscriptions live as long as their
 * connection.
 *
 * <p>When the deadline passes the caller is answered at once, and the call's context is cancelled,
 * which rolls the work back (see {@code Transactions}).
 */
@Singleton
public final class DeadlineInterceptor implements ServerInterceptor {
  private final Supplier<LimitsConfig> limits;
  private final ScheduledThreadPoolExecutor timer;

  DeadlineInterceptor(LiveConfiguration configuration) {
    this.limits = configuration.of(LimitsConfig.class);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("call-deadlines").factory());
    // Nearly every call ends long before its deadline; its timer must go with it.
    timer.setRemoveOnCancelPolicy(true);
  }

  @PreDestroy
  void close() {
    timer.shutdownNow();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Deadline asked = Context.current().getDeadline();
    LimitsConfig now = limits.get();
    if (!call.getMethodDescriptor().getType().serverSendsOneMessage()
        || isWithin(now.maxDeadline(), asked)) {
      return next.startCall(call, headers);
    }
    Duration allowed = asked == null ? now.defaultDeadline() : now.maxDeadline();
    CancellableContext context =
        Context.current().withDeadlineAfter(allowed.toMillis(), TimeUnit.MILLISECONDS, timer);
    context.addListener(ended -> answerWhenPassed(ended, call), Runnable::run);
    try {
      return new Ending<>(Contexts.interceptCall(context, call, headers, next), context);
    } catch (Throwable thrown) {
      context.cancel(null);
      throw thrown;
    }
  }

  private static boolean isWithin(Duration maximum, @Nullable Deadline asked) {
    return asked != null && asked.timeRemaining(TimeUnit.MILLISECONDS) <= maximum.toMillis();
  }

  private static void answerWhenPassed(Context ended, ServerCall<?, ?> call) {
    if (ended.cancellationCause() instanceof TimeoutException) {
      call.close(
          Status.DEADLINE_EXCEEDED.withCause(
              Failure.of(
                      Reason.DEADLINE_PASSED,
                      "no outcome within the deadline; retry with the same request_id")
                  .asException()),
          new Metadata());
    }
  }

  /** Stops the timer with the call. */
  private static final class Ending<Q> extends SimpleForwardingServerCallListener<Q> {
    private final CancellableContext context;

    Ending(ServerCall.Listener<Q> delegate, CancellableContext context) {
      super(delegate);
      this.context = context;
    }

    @Override
    public void onComplete() {
      try {
        super.onComplete();
      } finally {
        context.cancel(null);
      }
    }

    @Override
    public void onCancel() {
      try {
        super.onCancel();
      } finally {
        context.cancel(null);
      }
    }
  }
}
