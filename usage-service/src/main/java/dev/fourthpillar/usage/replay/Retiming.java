package dev.fourthpillar.usage.replay;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpIds;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes a recorded run happen again, now, as another run: all its times move by one shift, and one
 * salt goes into every id that would make it the run it was. Equal ids stay equal and different
 * ones different, in all signals alike; nothing else changes, so the totals of the run are its
 * totals.
 */
public final class Retiming {

  /**
   * Attributes that name a request, a response, a session, an installation or a part of one of
   * them.
   */
  private static final Set<String> IDS =
      Set.of(
          "request_id",
          "client_request_id",
          "anthropic.request.id",
          "gen_ai.response.id",
          "ai.response.id",
          "session.id",
          "conversation.id",
          "gen_ai.conversation.id",
          "thread.id",
          "thread_id",
          "turn.id",
          "turn_id",
          "submission.id",
          "prompt.id",
          "prompt_id",
          "message.uuid",
          "tool_use_id",
          "gen_ai.tool.call.id",
          "agent_id",
          "installation.id",
          "service.instance.id",
          "host.id",
          "litellm.call_id",
          "github.copilot.interaction_id",
          "openclaw.messageId");

  private static final String USER_ID = "user.id";
  private static final String EVENT_TIMESTAMP = "event.timestamp";
  private static final String CLAUDE_SCOPE = "com.anthropic.claude_code";
  private static final int MAX_SALT_CHARS = 64;
  private static final int TRACE_ID_BYTES = 16;

  private final long shiftNanos;
  private final Duration shift;
  private final String salt;
  private final ByteString mask;

  /**
   * @param shift whole milliseconds, since that is as fine as {@code event.timestamp} gets
   * @param salt one per run; letters, digits and dashes
   */
  public Retiming(Duration shift, String salt) {
    if (shift.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("shift: " + shift + " (expected: whole milliseconds)");
    }
    if (salt.isEmpty() || salt.length() > MAX_SALT_CHARS || !salt.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException(
          "salt: " + salt + " (expected: 1 to " + MAX_SALT_CHARS + " of A-Z a-z 0-9 -)");
    }
    this.shift = requireNonNull(shift);
    this.shiftNanos = shift.toNanos();
    this.salt = salt;
    this.mask = mask(salt);
  }

  public ExportRequest apply(ExportRequest export) {
    ExportRequest salted = OtlpIds.map(export, this::salt);
    return switch (salted) {
      case ExportRequest.Logs logs -> logs(logs);
      case ExportRequest.Metrics metrics -> metrics(metrics);
      case ExportRequest.Traces traces -> traces(traces);
    };
  }

  private ExportRequest logs(ExportRequest.Logs logs) {
    var builder = logs.request().toBuilder();
    for (var resource : builder.getResourceLogsBuilderList()) {
      attributes(resource.getResourceBuilder().getAttributesBuilderList(), false);
      for (var scope : resource.getScopeLogsBuilderList()) {
        boolean claude = randomUserId(resource.getResource(), scope.getScope());
        for (LogRecord.Builder log : scope.getLogRecordsBuilderList()) {
          log.setTimeUnixNano(move(log.getTimeUnixNano()))
              .setObservedTimeUnixNano(move(log.getObservedTimeUnixNano()));
          attributes(log.getAttributesBuilderList(), claude);
        }
      }
    }
    return new ExportRequest.Logs(builder.build());
  }

  private ExportRequest traces(ExportRequest.Traces traces) {
    var builder = traces.request().toBuilder();
    for (var resource : builder.getResourceSpansBuilderList()) {
      attributes(resource.getResourceBuilder().getAttributesBuilderList(), false);
      for (var scope : resource.getScopeSpansBuilderList()) {
        boolean claude = randomUserId(resource.getResource(), scope.getScope());
        for (Span.Builder span : scope.getSpansBuilderList()) {
          span.setStartTimeUnixNano(move(span.getStartTimeUnixNano()))
              .setEndTimeUnixNano(move(span.getEndTimeUnixNano()));
          attributes(span.getAttributesBuilderList(), claude);
          for (Span.Event.Builder event : span.getEventsBuilderList()) {
            event.setTimeUnixNano(move(event.getTimeUnixNano()));
            attributes(event.getAttributesBuilderList(), claude);
          }
          for (Span.Link.Builder link : span.getLinksBuilderList()) {
            attributes(link.getAttributesBuilderList(), claude);
          }
        }
      }
    }
    return new ExportRequest.Traces(builder.build());
  }

  private ExportRequest metrics(ExportRequest.Metrics metrics) {
    var builder = metrics.request().toBuilder();
    for (var resource : builder.getResourceMetricsBuilderList()) {
      attributes(resource.getResourceBuilder().getAttributesBuilderList(), false);
      for (var scope : resource.getScopeMetricsBuilderList()) {
        boolean claude = randomUserId(resource.getResource(), scope.getScope());
        for (Metric.Builder metric : scope.getMetricsBuilderList()) {
          metric(metric, claude);
        }
      }
    }
    return new ExportRequest.Metrics(builder.build());
  }

  /**
   * Claude Code's own user.id is random per installation; one that the organisation set means a
   * person.
   */
  private static boolean randomUserId(Resource resource, InstrumentationScope scope) {
    return scope.getName().startsWith(CLAUDE_SCOPE)
        && resource.getAttributesList().stream()
            .noneMatch(attribute -> attribute.getKey().equals(USER_ID));
  }

  private void metric(Metric.Builder metric, boolean claude) {
    switch (metric.getDataCase()) {
      case SUM -> {
        for (var point : metric.getSumBuilder().getDataPointsBuilderList()) {
          point
              .setStartTimeUnixNano(move(point.getStartTimeUnixNano()))
              .setTimeUnixNano(move(point.getTimeUnixNano()));
          attributes(point.getAttributesBuilderList(), claude);
          exemplars(point.getExemplarsBuilderList());
        }
      }
      case GAUGE -> {
        for (var point : metric.getGaugeBuilder().getDataPointsBuilderList()) {
          point
              .setStartTimeUnixNano(move(point.getStartTimeUnixNano()))
              .setTimeUnixNano(move(point.getTimeUnixNano()));
          attributes(point.getAttributesBuilderList(), claude);
          exemplars(point.getExemplarsBuilderList());
        }
      }
      case HISTOGRAM -> {
        for (var point : metric.getHistogramBuilder().getDataPointsBuilderList()) {
          point
              .setStartTimeUnixNano(move(point.getStartTimeUnixNano()))
              .setTimeUnixNano(move(point.getTimeUnixNano()));
          attributes(point.getAttributesBuilderList(), claude);
          exemplars(point.getExemplarsBuilderList());
        }
      }
      case EXPONENTIAL_HISTOGRAM -> {
        for (var point : metric.getExponentialHistogramBuilder().getDataPointsBuilderList()) {
          point
              .setStartTimeUnixNano(move(point.getStartTimeUnixNano()))
              .setTimeUnixNano(move(point.getTimeUnixNano()));
          attributes(point.getAttributesBuilderList(), claude);
          exemplars(point.getExemplarsBuilderList());
        }
      }
      case SUMMARY -> {
        for (var point : metric.getSummaryBuilder().getDataPointsBuilderList()) {
          point
              .setStartTimeUnixNano(move(point.getStartTimeUnixNano()))
              .setTimeUnixNano(move(point.getTimeUnixNano()));
          attributes(point.getAttributesBuilderList(), claude);
        }
      }
      case DATA_NOT_SET -> {
        // No points, no times.
      }
    }
  }

  private void exemplars(List<Exemplar.Builder> exemplars) {
    for (Exemplar.Builder exemplar : exemplars) {
      exemplar.setTimeUnixNano(move(exemplar.getTimeUnixNano()));
      attributes(exemplar.getFilteredAttributesBuilderList(), false);
    }
  }

  /**
   * @param claude whether {@code user.id} is, as in Claude Code alone, the random id of an
   *     installation
   */
  private void attributes(List<KeyValue.Builder> attributes, boolean claude) {
    for (KeyValue.Builder attribute : attributes) {
      AnyValue.Builder value = attribute.getValueBuilder();
      if (!value.hasStringValue() || value.getStringValue().isEmpty()) {
        continue;
      }
      String key = attribute.getKey();
      if (IDS.contains(key) || (claude && key.equals(USER_ID))) {
        value.setStringValue(value.getStringValue() + "-" + salt);
      } else if (key.equals(EVENT_TIMESTAMP)) {
        value.setStringValue(move(value.getStringValue()));
      }
    }
  }

  /** 0 says that there is no time, and goes on saying it. */
  private long move(long unixNano) {
    return unixNano == 0 ? 0 : Math.addExact(unixNano, shiftNanos);
  }

  private String move(String timestamp) {
    try {
      return format(timestamp).format(OffsetDateTime.parse(timestamp).plus(shift));
    } catch (DateTimeParseException noTime) {
      return timestamp;
    }
  }

  /** As many decimals as the text had: 10.500 must not become 10.5. */
  private static DateTimeFormatter format(String timestamp) {
    int point = timestamp.indexOf('.');
    int digits = 0;
    while (point >= 0
        && point + 1 + digits < timestamp.length()
        && Character.isDigit(timestamp.charAt(point + 1 + digits))) {
      digits++;
    }
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd'T'HH:mm:ss");
    if (digits > 0) {
      builder.appendFraction(ChronoField.NANO_OF_SECOND, digits, digits, true);
    }
    return builder.appendOffsetId().toFormatter(Locale.ROOT);
  }

  /** Exclusive or is undone by itself, so different ids stay different. */
  private ByteString salt(ByteString id) {
    byte[] salted = id.toByteArray();
    for (int i = 0; i < salted.length; i++) {
      salted[i] ^= mask.byteAt(i % mask.size());
    }
    return ByteString.copyFrom(salted);
  }

  private static ByteString mask(String salt) {
    byte[] hash = Hashing.sha256().hashString(salt, StandardCharsets.UTF_8).asBytes();
    return ByteString.copyFrom(hash, 0, TRACE_ID_BYTES);
  }
}
