package dev.fourthpillar.backbone.feed.consume;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace of its own for each transaction that applies events, with links to the traces of the
 * changes that wrote them. Not their child: one transaction applies events of many changes, hours
 * later if need be.
 */
final class ConsumptionTrace {
  /** What an SDK keeps by default; more would be dropped without a word. */
  static final int MAX_LINKS = 128;

  private static final TextMapGetter<String> PARENT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
          return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
          return key.equals("traceparent") ? traceparent : null;
        }
      };

  private final Tracer tracer;
  private final ConsumerId id;

  ConsumptionTrace(Tracer tracer, ConsumerId id) {
    this.tracer = tracer;
    this.id = id;
  }

  /**
   * Does the work inside a span of its own; without events there is nothing to trace.
   *
   * @param traceparents one for each event, empty where its change was not traced
   */
  void around(List<String> traceparents, Runnable work) {
    if (traceparents.isEmpty()) {
      work.run();
      return;
    }
    SpanBuilder builder =
        tracer
            .spanBuilder(id.name() + " process")
            .setNoParent()
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.operation.type", "process")
            .setAttribute("messaging.destination.name", id.source())
            .setAttribute("messaging.batch.message_count", traceparents.size());
    traceparents.stream()
        .filter(parent -> !parent.isEmpty())
        .distinct()
        .map(ConsumptionTrace::context)
        .filter(SpanContext::isValid)
        .limit(MAX_LINKS)
        .forEach(builder::addLink);
    Span span = builder.startSpan();
    try (Scope _ = span.makeCurrent()) {
      work.run();
    } catch (RuntimeException | Error failed) {
      // Its class only: a message may quote what an event says of a person.
      span.setStatus(StatusCode.ERROR, failed.getClass().getName());
      throw failed;
    } finally {
      span.end();
    }
  }

  private static SpanContext context(String traceparent) {
    return Span.fromContext(
            W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, PARENT))
        .getSpanContext();
  }
}
