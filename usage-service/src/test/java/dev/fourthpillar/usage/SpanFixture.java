package dev.fourthpillar.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.otlp.ExportRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.List;

/** One span, written the way a tool writes it. */
public final class SpanFixture {
  private final ResourceSpans.Builder resource = ResourceSpans.newBuilder();
  private final Span.Builder span = Span.newBuilder();
  private final String scope;

  private SpanFixture(String service, String scope, String name) {
    this.scope = scope;
    resource("service.name", service);
    span.setName(name).setTraceId(id("trace-0123456789", 16)).setSpanId(id("span-0", 8));
    at("16:00:00");
  }

  public static SpanFixture of(String service, String scope, String name) {
    return new SpanFixture(service, scope, name);
  }

  /** A call of Claude Opus 4.5 by the conventions: 1,000 in, 200 out. */
  public static SpanFixture chat(String service, String scope) {
    return of(service, scope, "chat claude-opus-4-5")
        .resource("user.email", "ada@example.com")
        .with("gen_ai.operation.name", "chat")
        .with("gen_ai.provider.name", "anthropic")
        .with("gen_ai.response.model", "claude-opus-4-5")
        .with("gen_ai.usage.input_tokens", 1_000)
        .with("gen_ai.usage.output_tokens", 200);
  }

  public SpanFixture resource(String key, String value) {
    resource.getResourceBuilder().addAttributes(attribute(key, LogFixture.text(value)));
    return this;
  }

  /** Its own name within the trace. */
  public SpanFixture id(String name) {
    span.setSpanId(id(name, 8));
    return this;
  }

  public SpanFixture inside(String parent) {
    span.setParentSpanId(id(parent, 8));
    return this;
  }

  /**
   * @param end time of day on 20 November 2026, UTC
   */
  public SpanFixture at(String end) {
    span.setEndTimeUnixNano(Instant.parse("2026-11-20T" + end + "Z").toEpochMilli() * 1_000_000);
    return this;
  }

  public SpanFixture with(String key, String value) {
    return with(key, LogFixture.text(value));
  }

  public SpanFixture with(String key, long value) {
    return with(key, AnyValue.newBuilder().setIntValue(value).build());
  }

  private SpanFixture with(String key, AnyValue value) {
    without(key);
    span.addAttributes(attribute(key, value));
    return this;
  }

  public SpanFixture without(String key) {
    for (int i = span.getAttributesCount() - 1; i >= 0; i--) {
      if (span.getAttributes(i).getKey().equals(key)) {
        span.removeAttributes(i);
      }
    }
    return this;
  }

  public ExportRequest export() {
    ResourceSpans.Builder one = resource.clone();
    var scoped = one.addScopeSpansBuilder();
    scoped.getScopeBuilder().setName(scope);
    scoped.addSpans(span.clone());
    return new ExportRequest.Traces(
        ExportTraceServiceRequest.newBuilder().addResourceSpans(one).build());
  }

  public List<Evidence> evidence() {
    return MetricFixture.evidence(Captures.read(export()));
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static ByteString id(String name, int bytes) {
    return ByteString.copyFrom((name + "________________").substring(0, bytes), UTF_8);
  }
}
