package dev.fourthpillar.usage;

import dev.fourthpillar.usage.otlp.ExportRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.time.Instant;

/** One log record, written the way a tool's version writes it. */
public final class LogFixture {

  private final ResourceLogs.Builder resource = ResourceLogs.newBuilder();
  private final ScopeLogs.Builder scope = ScopeLogs.newBuilder();
  private final LogRecord.Builder log = LogRecord.newBuilder();

  private LogFixture(String service, String scopeName) {
    resource.getResourceBuilder().addAttributes(attribute("service.name", text(service)));
    scope.getScopeBuilder().setName(scopeName);
  }

  public static LogFixture of(String service, String scope) {
    return new LogFixture(service, scope);
  }

  /** Claude Code as it is today: ints, ids, the split of cache writes. */
  public static LogFixture claude(String requestId) {
    return of("claude-code", "com.anthropic.claude_code.events")
        .body("claude_code.api_request")
        .at("2026-11-20T16:00:00.125Z")
        .with("event.name", "api_request")
        .with("session.id", "session-1")
        .with("event.sequence", 6)
        .with("request_id", requestId)
        .with("model", "claude-sonnet-4-5")
        .with("input_tokens", 1101)
        .with("output_tokens", 553)
        .with("cache_read_tokens", 21009)
        .with("cache_creation_tokens", 408)
        .with("cache_creation_5m_tokens", 331)
        .with("cache_creation_1h_tokens", 77);
  }

  /**
   * Codex CLI as it is today: strings beside ints, no time but in an attribute and by the observer.
   */
  public static LogFixture codex() {
    return of("codex_exec", "codex_otel.log_only")
        .eventName("event otel/src/events/session_telemetry.rs:1153")
        .observedAt("2026-11-20T16:00:00.125771441Z")
        .with("event.name", "codex.sse_event")
        .with("event.kind", "response.completed")
        .with("event.timestamp", "2026-11-20T16:00:00.125Z")
        .with("conversation.id", "conversation-1")
        .with("model", "gpt-5.4")
        .with("input_token_count", "22110")
        .with("output_token_count", "598")
        .with("cached_token_count", 21009)
        .with("cache_write_token_count", 0)
        .with("reasoning_token_count", 45)
        .with("tool_token_count", "22708");
  }

  public static LogFixture gemini() {
    return of("gemini-cli", "gemini-cli")
        .body("API response from gemini-2.5-flash. Status: 200. Duration: 48ms.")
        .at("2026-11-20T16:00:00.125Z")
        .with("event.name", "gemini_cli.api_response")
        .with("event.timestamp", "2026-11-20T16:00:00.124Z")
        .with("session.id", "session-1")
        .with("installation.id", "installation-1")
        .with("prompt_id", "session-1")
        .with("model", "gemini-2.5-flash")
        .with("input_token_count", 22110)
        .with("output_token_count", 553)
        .with("cached_content_token_count", 21009)
        .with("thoughts_token_count", 45)
        .with("tool_token_count", 0)
        .with("total_token_count", 22708);
  }

  public LogFixture resource(String key, String value) {
    resource.getResourceBuilder().addAttributes(attribute(key, text(value)));
    return this;
  }

  public LogFixture at(String time) {
    log.setTimeUnixNano(nanos(time)).setObservedTimeUnixNano(nanos(time));
    return this;
  }

  public LogFixture observedAt(String time) {
    log.setTimeUnixNano(0).setObservedTimeUnixNano(nanos(time));
    return this;
  }

  public LogFixture undated() {
    log.setTimeUnixNano(0).setObservedTimeUnixNano(0);
    return this;
  }

  public LogFixture body(String body) {
    log.setBody(text(body));
    return this;
  }

  public LogFixture eventName(String name) {
    log.setEventName(name);
    return this;
  }

  public LogFixture with(String key, String value) {
    return with(key, text(value));
  }

  public LogFixture with(String key, long value) {
    return with(key, AnyValue.newBuilder().setIntValue(value).build());
  }

  public LogFixture with(String key, double value) {
    return with(key, AnyValue.newBuilder().setDoubleValue(value).build());
  }

  public LogFixture with(String key, AnyValue value) {
    without(key);
    log.addAttributes(attribute(key, value));
    return this;
  }

  public LogFixture without(String... keys) {
    for (String key : keys) {
      for (int i = log.getAttributesCount() - 1; i >= 0; i--) {
        if (log.getAttributes(i).getKey().equals(key)) {
          log.removeAttributes(i);
        }
      }
    }
    return this;
  }

  public ExportRequest export() {
    return new ExportRequest.Logs(
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                resource.clone().addScopeLogs(scope.clone().addLogRecords(log.clone())))
            .build());
  }

  public static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static long nanos(String time) {
    Instant instant = Instant.parse(time);
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
