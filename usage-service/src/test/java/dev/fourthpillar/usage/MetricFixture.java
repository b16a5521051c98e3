package dev.fourthpillar.usage;

import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.normalise.Readings;
import dev.fourthpillar.usage.otlp.ExportRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A token metric, written the way a tool writes it; cumulative unless it is said to be delta. */
public final class MetricFixture {
  private final ResourceMetrics.Builder resource = ResourceMetrics.newBuilder();
  private final Sum.Builder sum =
      Sum.newBuilder()
          .setIsMonotonic(true)
          .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
  private final List<KeyValue> attributes = new ArrayList<>();
  private final String scope;
  private final String kind;
  private String metric;

  private MetricFixture(String service, String scope, String metric, String kind) {
    this.scope = scope;
    this.metric = metric;
    this.kind = kind;
    resource("service.name", service);
  }

  /** Of Claude Opus 4.5, by ada@example.com. */
  public static MetricFixture claude(String session) {
    return new MetricFixture(
            "claude-code", "com.anthropic.claude_code", "claude_code.token.usage", "type")
        .with("session.id", session)
        .with("user.email", "ada@example.com")
        .with("model", "claude-opus-4-5");
  }

  /** Of Claude Opus 4.5, on the host of ada@example.com. */
  public static MetricFixture openclaw() {
    return new MetricFixture("openclaw-gateway", "openclaw", "openclaw.tokens", "openclaw.token")
        .resource("host.id", "host-1")
        .resource("user.email", "ada@example.com")
        .with("openclaw.provider", "anthropic")
        .with("openclaw.model", "claude-opus-4-5");
  }

  /** Of Gemini 2.5 Flash, by ada@example.com. */
  public static MetricFixture gemini() {
    return new MetricFixture("gemini-cli", "gemini-cli", "gemini_cli.token.usage", "type")
        .with("session.id", "session-1")
        .with("user.email", "ada@example.com")
        .with("model", "gemini-2.5-flash");
  }

  public MetricFixture delta() {
    sum.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
    return this;
  }

  public MetricFixture unspecified() {
    sum.setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED);
    return this;
  }

  public MetricFixture named(String name) {
    metric = name;
    return this;
  }

  public MetricFixture service(String name) {
    resource.getResourceBuilder().clearAttributes();
    return resource("service.name", name);
  }

  public MetricFixture resource(String key, String value) {
    resource.getResourceBuilder().addAttributes(attribute(key, value));
    return this;
  }

  /** On every point that comes after. */
  public MetricFixture with(String key, String value) {
    without(key);
    attributes.add(attribute(key, value));
    return this;
  }

  public MetricFixture without(String key) {
    attributes.removeIf(attribute -> attribute.getKey().equals(key));
    return this;
  }

  /**
   * @param start time of day on 20 November 2026, UTC
   * @param time the same
   */
  public MetricFixture point(String start, String time, String type, long value) {
    sum.addDataPoints(
        NumberDataPoint.newBuilder()
            .setStartTimeUnixNano(nanos(start))
            .setTimeUnixNano(nanos(time))
            .setAsDouble((double) value)
            .addAllAttributes(attributes)
            .addAttributes(attribute(kind, type)));
    return this;
  }

  /** What was read and written until then. */
  public MetricFixture tokens(String start, String time, long input, long output) {
    return point(start, time, "input", input).point(start, time, "output", output);
  }

  public ExportRequest export() {
    ResourceMetrics.Builder one = resource.clone();
    var scoped = one.addScopeMetricsBuilder();
    scoped.getScopeBuilder().setName(scope);
    scoped.addMetrics(Metric.newBuilder().setName(metric).setSum(sum.clone()));
    return new ExportRequest.Metrics(
        ExportMetricsServiceRequest.newBuilder().addResourceMetrics(one).build());
  }

  public List<Evidence> evidence() {
    return evidence(Captures.read(export()));
  }

  static List<Evidence> evidence(Readings readings) {
    List<Evidence> evidence = new ArrayList<>(readings.counted());
    evidence.addAll(readings.lower());
    return evidence;
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(LogFixture.text(value)).build();
  }

  private static long nanos(String time) {
    return Instant.parse("2026-11-20T" + time + "Z").toEpochMilli() * 1_000_000;
  }
}
