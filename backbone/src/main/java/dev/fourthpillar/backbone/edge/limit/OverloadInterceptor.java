package dev.fourthpillar.backbone.edge.limit;

import dev.fourthpillar.backbone.config.LiveConfiguration;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Bounds the calls under way, and so the virtual threads, the memory and the queue for database
 * connections. A call beyond the bound is refused at once, before its token is looked at: shedding
 * has to be cheaper than serving.
 */
@Singleton
public final class OverloadInterceptor implements ServerInterceptor {
  /** Calls under way. In Prometheus: {@code fourthpillar_calls_active{kind}}. */
  static final String METRIC = "fourthpillar.calls.active";

  private static final String HEALTH = "grpc.health.v1.Health";

  private final Permits calls;
  private final Permits streams;

  OverloadInterceptor(LiveConfiguration configuration, MeterRegistry registry) {
    Supplier<LimitsConfig> limits = configuration.of(LimitsConfig.class);
    this.calls = new Permits("calls", () -> limits.get().maxConcurrentCalls(), registry);
    this.streams = new Permits("streams", () -> limits.get().maxOpenStreams(), registry);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (HEALTH.equals(call.getMethodDescriptor().getServiceName())) {
      // A busy replica is not a sick one: its probe must not be shed.
      return next.startCall(call, headers);
    }
    Permits permits =
        call.getMethodDescriptor().getType().serverSendsOneMessage() ? calls : streams;
    permits.take();
    try {
      return new Releasing<>(next.startCall(call, headers), permits);
    } catch (Throwable thrown) {
      permits.release();
      throw thrown;
    }
  }

  private static final class Permits {
    private final String kind;
    private final IntSupplier limit;
    private final AtomicInteger underWay = new AtomicInteger();

    Permits(String kind, IntSupplier limit, MeterRegistry registry) {
      this.kind = kind;
      this.limit = limit;
      Gauge.builder(METRIC, underWay::get)
          .description("Calls under way, by kind")
          .tag("kind", kind)
          .register(registry);
    }

    void take() {
      int max = limit.getAsInt();
      if (underWay.getAndUpdate(now -> now < max ? now + 1 : now) >= max) {
        throw Failure.of(
                Reason.OVERLOADED,
                "%d %s are under way (expected: at most %d)".formatted(max, kind, max))
            .with("limit", kind)
            .with("max", Integer.toString(max))
            .asException();
      }
    }

    void release() {
      underWay.decrementAndGet();
    }
  }

  /**
   * Gives the permit back at the end of the call, which grpc-java reports only after the handler
   * has returned: work that goes on after the answer is still counted.
   */
  private static final class Releasing<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Permits permits;

    Releasing(ServerCall.Listener<Q> delegate, Permits permits) {
      super(delegate);
      this.permits = permits;
    }

    @Override
    public void onComplete() {
      try {
        super.onComplete();
      } finally {
        permits.release();
      }
    }

    @Override
    public void onCancel() {
      try {
        super.onCancel();
      } finally {
        permits.release();
      }
    }
  }
}
