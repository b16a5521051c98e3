package dev.fourthpillar.usage.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.function.UnaryOperator;

/** Applies one function to every trace and span id of an export, wherever OTLP keeps one. */
public final class OtlpIds {

  private OtlpIds() {}

  public static ExportRequest map(ExportRequest export, UnaryOperator<ByteString> change) {
    UnaryOperator<ByteString> present = id -> id.isEmpty() ? id : change.apply(id);
    return switch (export) {
      case ExportRequest.Logs logs -> mapLogs(logs, present);
      case ExportRequest.Metrics metrics -> mapMetrics(metrics, present);
      case ExportRequest.Traces traces -> mapTraces(traces, present);
    };
  }

  private static ExportRequest mapLogs(ExportRequest.Logs logs, UnaryOperator<ByteString> change) {
    var builder = logs.request().toBuilder();
    for (var resource : builder.getResourceLogsBuilderList()) {
      for (var scope : resource.getScopeLogsBuilderList()) {
        for (var log : scope.getLogRecordsBuilderList()) {
          log.setTraceId(change.apply(log.getTraceId())).setSpanId(change.apply(log.getSpanId()));
        }
      }
    }
    return new ExportRequest.Logs(builder.build());
  }

  private static ExportRequest mapTraces(
      ExportRequest.Traces traces, UnaryOperator<ByteString> change) {
    var builder = traces.request().toBuilder();
    for (var resource : builder.getResourceSpansBuilderList()) {
      for (var scope : resource.getScopeSpansBuilderList()) {
        for (Span.Builder span : scope.getSpansBuilderList()) {
          span.setTraceId(change.apply(span.getTraceId()))
              .setSpanId(change.apply(span.getSpanId()))
              .setParentSpanId(change.apply(span.getParentSpanId()));
          for (Span.Link.Builder link : span.getLinksBuilderList()) {
            link.setTraceId(change.apply(link.getTraceId()))
                .setSpanId(change.apply(link.getSpanId()));
          }
        }
      }
    }
    return new ExportRequest.Traces(builder.build());
  }

  private static ExportRequest mapMetrics(
      ExportRequest.Metrics metrics, UnaryOperator<ByteString> change) {
    var builder = metrics.request().toBuilder();
    for (var resource : builder.getResourceMetricsBuilderList()) {
      for (var scope : resource.getScopeMetricsBuilderList()) {
        for (Metric.Builder metric : scope.getMetricsBuilderList()) {
          mapMetric(metric, change);
        }
      }
    }
    return new ExportRequest.Metrics(builder.build());
  }

  private static void mapMetric(Metric.Builder metric, UnaryOperator<ByteString> change) {
    switch (metric.getDataCase()) {
      case SUM ->
          metric
              .getSumBuilder()
              .getDataPointsBuilderList()
              .forEach(point -> mapAll(point.getExemplarsBuilderList(), change));
      case GAUGE ->
          metric
              .getGaugeBuilder()
              .getDataPointsBuilderList()
              .forEach(point -> mapAll(point.getExemplarsBuilderList(), change));
      case HISTOGRAM ->
          metric
              .getHistogramBuilder()
              .getDataPointsBuilderList()
              .forEach(point -> mapAll(point.getExemplarsBuilderList(), change));
      case EXPONENTIAL_HISTOGRAM ->
          metric
              .getExponentialHistogramBuilder()
              .getDataPointsBuilderList()
              .forEach(point -> mapAll(point.getExemplarsBuilderList(), change));
      case SUMMARY, DATA_NOT_SET -> {
        // Neither carries exemplars, and only exemplars carry ids.
      }
    }
  }

  private static void mapAll(List<Exemplar.Builder> exemplars, UnaryOperator<ByteString> change) {
    for (Exemplar.Builder exemplar : exemplars) {
      exemplar
          .setTraceId(change.apply(exemplar.getTraceId()))
          .setSpanId(change.apply(exemplar.getSpanId()));
    }
  }
}
