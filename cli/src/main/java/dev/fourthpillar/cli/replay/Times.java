package dev.fourthpillar.cli.replay;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.fourthpillar.usage.otlp.ExportRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * The first and the last time that telemetry tells of.
 *
 * @param first of all that are told
 * @param last not before the first
 */
record Times(Instant first, Instant last) {
  private static final String SUFFIX = "time_unix_nano";
  private static final long NANOS = 1_000_000_000L;

  /**
   * @throws ReplayException when no time is told
   */
  static Times of(List<ExportRequest> exports) {
    Span span = new Span();
    exports.forEach(export -> span.add(message(export)));
    if (span.last == 0) {
      throw new ReplayException("the captures tell no time (expected: at least one)");
    }
    return new Times(instant(span.first), instant(span.last));
  }

  private static Instant instant(long unixNanos) {
    return Instant.ofEpochSecond(unixNanos / NANOS, unixNanos % NANOS);
  }

  private static Message message(ExportRequest export) {
    return switch (export) {
      case ExportRequest.Logs logs -> logs.request();
      case ExportRequest.Metrics metrics -> metrics.request();
      case ExportRequest.Traces traces -> traces.request();
    };
  }

  /**
   * Every time has the same ending of its name, wherever OTLP keeps it; 0 says that there is none.
   */
  private static final class Span {
    private long first = Long.MAX_VALUE;
    private long last;

    void add(Message message) {
      message.getAllFields().forEach(this::add);
    }

    private void add(FieldDescriptor field, Object value) {
      if (value instanceof Collection<?> values) {
        values.forEach(one -> add(field, one));
      } else if (value instanceof Message message) {
        add(message);
      } else if (field.getName().endsWith(SUFFIX) && value instanceof Long time && time > 0) {
        first = Math.min(first, time);
        last = Math.max(last, time);
      }
    }
  }
}
