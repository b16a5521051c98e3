package dev.fourthpillar.backbone.edge.error;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Counts and logs failures once, where they leave the service. A line names the method and the
 * reason. Not the message, which may name a person; not the caller, whose subject often is one; and
 * never a request or a token. The trace id leads from the line to the call.
 */
@Singleton
final class FailureReporter {
  /** Failures by reason. In Prometheus: {@code fourthpillar_failures_total{reason}}. */
  static final String METRIC = "fourthpillar.failures";

  /** What an access decision was about: roles and the field's name, no values. */
  private static final List<String> ACCESS_FACTS =
      List.of("expected_roles", "caller_roles", "field");

  private static final Logger LOG = LoggerFactory.getLogger(FailureReporter.class);

  private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

  FailureReporter(MeterRegistry registry) {
    // All of them from the start: an alert on a rate needs the zero before the first failure.
    for (Reason reason : Reason.values()) {
      counters.put(
          reason,
          Counter.builder(METRIC)
              .description("Calls that ended with a failure, by reason")
              .tag("reason", reason.name())
              .register(registry));
    }
  }

  /** Reports the failure of a call; returns it with what the caller may use to ask about it. */
  Failure report(String method, Failure failure, Throwable cause) {
    counters.get(failure.reason()).increment();
    Level level = Treatment.of(failure.reason()).level();
    LoggingEventBuilder line = LOG.atLevel(level);
    line = line.addKeyValue("method", method).addKeyValue("reason", failure.reason().name());
    for (String fact : ACCESS_FACTS) {
      if (failure.metadata().containsKey(fact)) {
        line = line.addKeyValue(fact, failure.metadata().get(fact));
      }
    }
    boolean unexpected = level == Level.WARN || level == Level.ERROR;
    if (unexpected && cause != null) {
      line = line.setCause(cause);
    }
    line.log("{} failed: {}", method, failure.reason());
    return failure.reason() == Reason.INTERNAL ? withTraceId(failure) : failure;
  }

  private static Failure withTraceId(Failure failure) {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() ? failure.with("trace_id", span.getTraceId()) : failure;
  }
}
