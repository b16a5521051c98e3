package dev.fourthpillar.usage.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import dev.fourthpillar.usage.telemetry.AttributePolicy;
import dev.fourthpillar.usage.telemetry.AttributeValue;
import dev.fourthpillar.usage.telemetry.Attributes;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.Interest;
import dev.fourthpillar.usage.telemetry.Operations;
import dev.fourthpillar.usage.telemetry.RecordTime;
import dev.fourthpillar.usage.telemetry.Telemetry;
import dev.fourthpillar.usage.telemetry.Telemetry.Temporality;
import dev.fourthpillar.usage.telemetry.TelemetryBatch;
import dev.fourthpillar.usage.telemetry.Tool;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door: OTLP messages in, content-free records out, and a tally of everything else. */
public final class TelemetryReader {

  private static final String EVENT_NAME = "event.name";
  private static final String EVENT_KIND = "event.kind";

  private final AttributePolicy policy;

  public TelemetryReader(AttributePolicy policy) {
    this.policy = requireNonNull(policy);
  }

  public TelemetryBatch read(ExportRequest export) {
    Sink sink = new Sink();
    switch (export) {
      case ExportRequest.Logs logs -> readLogs(logs, sink);
      case ExportRequest.Metrics metrics -> readMetrics(metrics, sink);
      case ExportRequest.Traces traces -> readTraces(traces, sink);
    }
    return new TelemetryBatch(sink.records, sink.ignored);
  }

  private void readLogs(ExportRequest.Logs logs, Sink sink) {
    for (var resourceLogs : logs.request().getResourceLogsList()) {
      Attributes resource = keep(resourceLogs.getResource().getAttributesList());
      String service = resource.text("service.name").orElse("");
      for (var scopeLogs : resourceLogs.getScopeLogsList()) {
        String scope = scopeLogs.getScope().getName();
        for (LogRecord log : scopeLogs.getLogRecordsList()) {
          readLog(log, scope, service, resource, sink);
        }
      }
    }
  }

  private void readLog(
      LogRecord log, String scope, String service, Attributes resource, Sink sink) {
    String fullName = eventName(log);
    List<KeyValue> said = log.getAttributesList();
    Optional<Tool> recognised = Tool.recognise(fullName, scope, service);
    Tool tool = recognised.orElse(Tool.OTHER);
    String name = tool.withoutPrefix(fullName);
    Optional<IgnoreReason> noise =
        Interest.ofLog(
            tool, name, () -> string(said, EVENT_KIND), () -> string(said, Operations.ATTRIBUTE));
    if (noise.isPresent()) {
      sink.ignore(
          unlessNumbers(recognised.isEmpty() ? IgnoreReason.UNKNOWN_TOOL : noise.get(), said));
      return;
    }
    Attributes attributes = keep(said);
    RecordTime time =
        new RecordTime(
            instant(log.getTimeUnixNano()),
            instant(log.getObservedTimeUnixNano()),
            attributes.text("event.timestamp").flatMap(TelemetryReader::instant));
    sink.records.add(new Telemetry.LogRecord(tool, name, time, attributes, resource));
  }

  private void readMetrics(ExportRequest.Metrics metrics, Sink sink) {
    for (var resourceMetrics : metrics.request().getResourceMetricsList()) {
      Attributes resource = keep(resourceMetrics.getResource().getAttributesList());
      String service = resource.text("service.name").orElse("");
      for (var scopeMetrics : resourceMetrics.getScopeMetricsList()) {
        SeriesIds series = new SeriesIds(resourceMetrics.getResource(), scopeMetrics.getScope());
        String scope = scopeMetrics.getScope().getName();
        for (Metric metric : scopeMetrics.getMetricsList()) {
          readMetric(metric, scope, service, resource, series, sink);
        }
      }
    }
  }

  private void readMetric(
      Metric metric,
      String scope,
      String service,
      Attributes resource,
      SeriesIds series,
      Sink sink) {
    Optional<Tool> recognised = Tool.recognise(metric.getName(), scope, service);
    if (recognised.isEmpty()) {
      sink.ignore(unlessTokens(IgnoreReason.UNKNOWN_TOOL, metric), points(metric));
      return;
    }
    Tool tool = recognised.get();
    String name = tool.withoutPrefix(metric.getName());
    Optional<IgnoreReason> noise = Interest.ofMetric(tool, name);
    if (noise.isPresent()) {
      sink.ignore(unlessTokens(noise.get(), metric), points(metric));
      return;
    }
    switch (metric.getDataCase()) {
      case SUM -> {
        Temporality temporality = temporality(metric.getSum().getAggregationTemporality());
        for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
          sink.records.add(
              new Telemetry.Point(
                  tool,
                  name,
                  series.of(metric.getName(), point.getAttributesList()),
                  temporality,
                  instant(point.getStartTimeUnixNano()),
                  pointTime(point.getTimeUnixNano()),
                  number(point),
                  keep(point.getAttributesList()),
                  resource));
        }
      }
      case HISTOGRAM -> {
        Temporality temporality = temporality(metric.getHistogram().getAggregationTemporality());
        for (var point : metric.getHistogram().getDataPointsList()) {
          sink.records.add(
              new Telemetry.Point(
                  tool,
                  name,
                  series.of(metric.getName(), point.getAttributesList()),
                  temporality,
                  instant(point.getStartTimeUnixNano()),
                  pointTime(point.getTimeUnixNano()),
                  point.hasSum()
                      ? Optional.of(AttributeValue.ofDouble(point.getSum()))
                      : Optional.empty(),
                  keep(point.getAttributesList()),
                  resource));
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        Temporality temporality =
            temporality(metric.getExponentialHistogram().getAggregationTemporality());
        for (var point : metric.getExponentialHistogram().getDataPointsList()) {
          sink.records.add(
              new Telemetry.Point(
                  tool,
                  name,
                  series.of(metric.getName(), point.getAttributesList()),
                  temporality,
                  instant(point.getStartTimeUnixNano()),
                  pointTime(point.getTimeUnixNano()),
                  point.hasSum()
                      ? Optional.of(AttributeValue.ofDouble(point.getSum()))
                      : Optional.empty(),
                  keep(point.getAttributesList()),
                  resource));
        }
      }
      // A level or a quantile says nothing about consumption.
      case GAUGE, SUMMARY, DATA_NOT_SET -> sink.ignore(IgnoreReason.NOT_USAGE, points(metric));
    }
  }

  private void readTraces(ExportRequest.Traces traces, Sink sink) {
    for (var resourceSpans : traces.request().getResourceSpansList()) {
      Attributes resource = keep(resourceSpans.getResource().getAttributesList());
      String service = resource.text("service.name").orElse("");
      for (var scopeSpans : resourceSpans.getScopeSpansList()) {
        String scope = scopeSpans.getScope().getName();
        for (Span span : scopeSpans.getSpansList()) {
          readSpan(span, scope, service, resource, sink);
        }
      }
    }
  }

  private void readSpan(Span span, String scope, String service, Attributes resource, Sink sink) {
    String operation = string(span.getAttributesList(), Operations.ATTRIBUTE);
    Optional<Tool> recognised = Tool.recognise(span.getName(), scope, service);
    Tool tool = recognised.orElse(Tool.OTHER);
    String name = tool.withoutPrefix(span.getName());
    Optional<IgnoreReason> noise = Interest.ofSpan(tool, name, operation);
    if (noise.isPresent()) {
      IgnoreReason reason =
          unlessNumbers(
              recognised.isEmpty() ? IgnoreReason.UNKNOWN_TOOL : noise.get(),
              span.getAttributesList());
      sink.ignore(
          reason == IgnoreReason.UNRECOGNISED_USAGE && repeatsCalls(tool, name, operation)
              ? IgnoreReason.SPAN_REPEATS_LOG
              : reason);
      return;
    }
    sink.records.add(
        new Telemetry.Span(
            tool,
            name,
            hex(span.getTraceId()),
            hex(span.getSpanId()),
            hex(span.getParentSpanId()),
            pointTime(span.getEndTimeUnixNano()),
            keep(span.getAttributesList()),
            resource));
  }

  /** Whether it is known to stand around the calls that it adds up. */
  private static boolean repeatsCalls(Tool tool, String name, String operation) {
    return Operations.isAround(operation)
        || tool == Tool.AI_SDK
        || (tool == Tool.ANTHROPIC_SDK && name.contains("tool_runner"));
  }

  /** What is turned away by its name must not take numbers with it unnoticed. */
  private static IgnoreReason unlessNumbers(IgnoreReason reason, List<KeyValue> attributes) {
    return switch (reason) {
      case UNKNOWN_TOOL, NOT_USAGE -> {
        for (KeyValue attribute : attributes) {
          if (AttributePolicy.isNumber(attribute.getKey())) {
            yield IgnoreReason.UNRECOGNISED_USAGE;
          }
        }
        yield reason;
      }
      // Turned away by a rule that knows these records.
      case STREAM_CHUNK,
          WITHOUT_NUMBERS,
          METRIC_REPEATS_LOG,
          LOG_REPEATS_LOG,
          SPAN_REPEATS_LOG,
          UNRECOGNISED_USAGE ->
          reason;
    };
  }

  private static IgnoreReason unlessTokens(IgnoreReason reason, Metric metric) {
    return metric.getName().contains("token") ? IgnoreReason.UNRECOGNISED_USAGE : reason;
  }

  /**
   * The attribute, else the body where it is a name (Claude Code), else OTLP's own field. In that
   * order: Codex CLI puts a line of its source code into the field, and Gemini CLI puts prose into
   * the body.
   */
  private static String eventName(LogRecord log) {
    String named = string(log.getAttributesList(), EVENT_NAME);
    if (!named.isEmpty()) {
      return named;
    }
    String body = log.getBody().hasStringValue() ? log.getBody().getStringValue().strip() : "";
    return Tool.ofName(body).isPresent() ? body : log.getEventName();
  }

  private static String string(List<KeyValue> attributes, String key) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key)) {
        return attribute.getValue().getStringValue().strip();
      }
    }
    return "";
  }

  private Attributes keep(List<KeyValue> attributes) {
    Map<String, AttributeValue> kept = new HashMap<>();
    for (KeyValue attribute : attributes) {
      if (policy.keeps(attribute.getKey())) {
        scalar(attribute.getValue()).ifPresent(value -> kept.put(attribute.getKey(), value));
      }
    }
    return kept.isEmpty() ? Attributes.none() : new Attributes(kept);
  }

  private static Optional<AttributeValue> scalar(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE ->
          value.getStringValue().length() > AttributePolicy.MAX_VALUE_CHARS
              ? Optional.empty()
              : Optional.of(new AttributeValue.Text(storable(value.getStringValue())));
      case INT_VALUE -> Optional.of(new AttributeValue.Whole(value.getIntValue()));
      case DOUBLE_VALUE -> Optional.of(AttributeValue.ofDouble(value.getDoubleValue()));
      case BOOL_VALUE -> Optional.of(new AttributeValue.Flag(value.getBoolValue()));
      case ARRAY_VALUE, KVLIST_VALUE, BYTES_VALUE, VALUE_NOT_SET -> Optional.empty();
    };
  }

  /**
   * No database keeps a NUL or half a character. One that is sent must not hold up the records
   * beside it for ever.
   */
  private static String storable(String text) {
    return new String(text.replace('\0', '\uFFFD').getBytes(UTF_8), UTF_8);
  }

  private static Optional<AttributeValue> number(NumberDataPoint point) {
    return switch (point.getValueCase()) {
      case AS_INT -> Optional.of(new AttributeValue.Whole(point.getAsInt()));
      case AS_DOUBLE -> Optional.of(AttributeValue.ofDouble(point.getAsDouble()));
      case VALUE_NOT_SET -> Optional.empty();
    };
  }

  private static Temporality temporality(AggregationTemporality temporality) {
    return switch (temporality) {
      case AGGREGATION_TEMPORALITY_DELTA -> Temporality.DELTA;
      case AGGREGATION_TEMPORALITY_CUMULATIVE -> Temporality.CUMULATIVE;
      case AGGREGATION_TEMPORALITY_UNSPECIFIED, UNRECOGNIZED -> Temporality.UNSPECIFIED;
    };
  }

  private static long points(Metric metric) {
    return switch (metric.getDataCase()) {
      case SUM -> metric.getSum().getDataPointsCount();
      case GAUGE -> metric.getGauge().getDataPointsCount();
      case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
      case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
      case SUMMARY -> metric.getSummary().getDataPointsCount();
      case DATA_NOT_SET -> 0;
    };
  }

  private static RecordTime pointTime(long unixNano) {
    return new RecordTime(instant(unixNano), Optional.empty(), Optional.empty());
  }

  /** 0 is OTLP's "unknown"; above 2^63 (the year 2262) no clock is right. */
  private static Optional<Instant> instant(long unixNano) {
    return unixNano <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(0, unixNano));
  }

  private static Optional<Instant> instant(String timestamp) {
    try {
      return Optional.of(OffsetDateTime.parse(timestamp).toInstant());
    } catch (DateTimeParseException noTime) {
      return Optional.empty();
    }
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static final class Sink {
    final List<Telemetry> records = new ArrayList<>();
    final Map<IgnoreReason, Long> ignored = new EnumMap<>(IgnoreReason.class);

    void ignore(IgnoreReason reason) {
      ignore(reason, 1);
    }

    void ignore(IgnoreReason reason, long count) {
      if (count > 0) {
        ignored.merge(reason, count, Long::sum);
      }
    }
  }
}
