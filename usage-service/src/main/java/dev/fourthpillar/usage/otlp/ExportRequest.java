package dev.fourthpillar.usage.otlp;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/**
 * One decoded OTLP export. Still holds content: it must not travel further than {@link
 * TelemetryReader}.
 */
public sealed interface ExportRequest {

  OtlpSignal signal();

  record Logs(ExportLogsServiceRequest request) implements ExportRequest {
    public Logs {
      requireNonNull(request);
    }

    @Override
    public OtlpSignal signal() {
      return OtlpSignal.LOGS;
    }
  }

  record Metrics(ExportMetricsServiceRequest request) implements ExportRequest {
    public Metrics {
      requireNonNull(request);
    }

    @Override
    public OtlpSignal signal() {
      return OtlpSignal.METRICS;
    }
  }

  record Traces(ExportTraceServiceRequest request) implements ExportRequest {
    public Traces {
      requireNonNull(request);
    }

    @Override
    public OtlpSignal signal() {
      return OtlpSignal.TRACES;
    }
  }
}
