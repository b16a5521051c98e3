package dev.fourthpillar.usage.telemetry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * One record of a known tool that may say something about usage, free of content, whatever wire it
 * came over.
 */
public sealed interface Telemetry {

  Tool tool();

  /** Without the tool's prefix: {@code api_request}, not {@code claude_code.api_request}. */
  String name();

  Attributes attributes();

  Attributes resource();

  RecordTime time();

  /**
   * The record's own attribute, else its resource's: several tools copy the one to the other, by
   * version.
   */
  default Optional<String> textAnywhere(String key) {
    return attributes().text(key).or(() -> resource().text(key));
  }

  record LogRecord(
      Tool tool, String name, RecordTime time, Attributes attributes, Attributes resource)
      implements Telemetry {
    public LogRecord {
      requireNonNull(tool);
      requireNonNull(name);
      requireNonNull(time);
      requireNonNull(attributes);
      requireNonNull(resource);
    }
  }

  /**
   * A data point of a token metric; of a histogram its sum.
   *
   * @param series what tells its series from every other: a hash over everything its sender says of
   *     resource, scope, metric and point, what is not kept included
   * @param start begin of the interval or of the series; absent where the sender gave 0
   */
  record Point(
      Tool tool,
      String name,
      String series,
      Temporality temporality,
      Optional<Instant> start,
      RecordTime time,
      Optional<AttributeValue> value,
      Attributes attributes,
      Attributes resource)
      implements Telemetry {
    public Point {
      requireNonNull(tool);
      requireNonNull(name);
      requireNonNull(series);
      requireNonNull(temporality);
      requireNonNull(start);
      requireNonNull(time);
      requireNonNull(value);
      requireNonNull(attributes);
      requireNonNull(resource);
    }
  }

  /**
   * A span; its time is its end, when the numbers were known.
   *
   * @param traceId hex, lower case
   * @param spanId hex, lower case
   * @param parentId the span that it is directly inside of; empty where there is none
   */
  record Span(
      Tool tool,
      String name,
      String traceId,
      String spanId,
      String parentId,
      RecordTime time,
      Attributes attributes,
      Attributes resource)
      implements Telemetry {
    public Span {
      requireNonNull(tool);
      requireNonNull(name);
      requireNonNull(traceId);
      requireNonNull(spanId);
      requireNonNull(parentId);
      requireNonNull(time);
      requireNonNull(attributes);
      requireNonNull(resource);
    }
  }

  /** Whether points add up (delta) or repeat what came before (cumulative). */
  enum Temporality {
    DELTA,
    CUMULATIVE,
    UNSPECIFIED
  }
}
