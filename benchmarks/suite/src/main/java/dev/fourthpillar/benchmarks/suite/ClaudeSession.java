package dev.fourthpillar.benchmarks.suite;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What Claude Code sends of one session, as version 2.1.329 does: of each model request one log
 * that counts and three that do not, and every so often the sums of the same tokens as metrics.
 */
final class ClaudeSession {
  private static final InstrumentationScope EVENTS =
      InstrumentationScope.newBuilder()
          .setName("com.anthropic.claude_code.events")
          .setVersion("2.1.329")
          .build();
  private static final InstrumentationScope METRICS =
      InstrumentationScope.newBuilder()
          .setName("com.anthropic.claude_code")
          .setVersion("2.1.329")
          .build();
  private static final List<String> REPEATS =
      List.of("tool_decision", "tool_result", "assistant_response");
  private static final List<String> MODELS =
      List.of("claude-sonnet-4-5", "claude-opus-4-5", "claude-haiku-4-5", "claude-sonnet-5");
  private static final Map<String, Long> TOKENS =
      Map.of("input", 1_101L, "output", 553L, "cacheRead", 21_009L, "cacheCreation", 408L);

  private final List<KeyValue> common;
  private final Resource resource;
  private final String model;
  private long sequence;
  private long requests;
  private Instant told = Instant.now();

  ClaudeSession(int number) {
    String session = UUID.randomUUID().toString();
    this.model = MODELS.get(number % MODELS.size());
    this.common =
        new OtlpAttributes()
            .with("team.id", "platform")
            .with("cost_center", "cc-42")
            .with("user.id", session.replace("-", "") + session.replace("-", ""))
            .with("session.id", session)
            .with("anthropic.provider", "firstParty")
            .with("terminal.type", "xterm")
            .list();
    this.resource =
        Resource.newBuilder()
            .addAllAttributes(
                new OtlpAttributes()
                    .with("team.id", "platform")
                    .with("cost_center", "cc-42")
                    .with("host.arch", "amd64")
                    .with("os.type", "linux")
                    .with("os.version", "6.18.44")
                    .with("service.name", "claude-code")
                    .with("service.version", "2.1.329")
                    .list())
            .build();
  }

  /** The logs of so many more requests. */
  synchronized ExportLogsServiceRequest logs(int more) {
    ScopeLogs.Builder logs = ScopeLogs.newBuilder().setScope(EVENTS);
    for (int i = 0; i < more; i++) {
      Instant now = Instant.now();
      String prompt = UUID.randomUUID().toString();
      logs.addLogRecords(request(now, prompt));
      for (String repeat : REPEATS) {
        logs.addLogRecords(
            event(repeat, now, prompt, new OtlpAttributes().with("tool_name", "Bash")));
      }
      requests++;
    }
    ExportLogsServiceRequest.Builder export = ExportLogsServiceRequest.newBuilder();
    export.addResourceLogsBuilder().setResource(resource).addScopeLogs(logs);
    return export.build();
  }

  private LogRecord request(Instant now, String prompt) {
    return event(
        "api_request",
        now,
        prompt,
        new OtlpAttributes()
            .with("model", model)
            .with("input_tokens", 1_101)
            .with("output_tokens", 553)
            .with("cache_read_tokens", 21_009)
            .with("cache_creation_tokens", 408)
            .with("cache_creation_5m_tokens", 331)
            .with("cache_creation_1h_tokens", 77)
            .withDecimal("cost_usd", 0.01960395)
            .with("cost_usd_micros", 19_604)
            .with("duration_ms", 4_000)
            .with("ttft_ms", 160)
            .with("request_id", "req_" + UUID.randomUUID())
            .with("speed", "normal")
            .with("query_source", "repl_main_thread"));
  }

  private LogRecord event(String name, Instant now, String prompt, OtlpAttributes more) {
    sequence++;
    return LogRecord.newBuilder()
        .setTimeUnixNano(nanos(now))
        .setObservedTimeUnixNano(nanos(now))
        .setBody(AnyValue.newBuilder().setStringValue("claude_code." + name))
        .addAllAttributes(common)
        .addAllAttributes(
            new OtlpAttributes()
                .with("event.name", name)
                .with("event.timestamp", now.toString())
                .with("event.sequence", sequence)
                .with("prompt.id", prompt)
                .with(more.list())
                .list())
        .build();
  }

  /** The tokens of the requests since the last metrics, once more. */
  synchronized ExportMetricsServiceRequest metrics() {
    Instant now = Instant.now();
    Sum.Builder sum =
        Sum.newBuilder()
            .setIsMonotonic(true)
            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
    List<NumberDataPoint> points = new ArrayList<>();
    TOKENS.forEach(
        (type, tokens) ->
            points.add(
                NumberDataPoint.newBuilder()
                    .setStartTimeUnixNano(nanos(told))
                    .setTimeUnixNano(nanos(now))
                    .setAsDouble((double) (tokens * requests))
                    .addAllAttributes(common)
                    .addAllAttributes(
                        new OtlpAttributes()
                            .with("type", type)
                            .with("model", model)
                            .with("query_source", "main")
                            .list())
                    .build()));
    told = now;
    requests = 0;
    ExportMetricsServiceRequest.Builder export = ExportMetricsServiceRequest.newBuilder();
    export
        .addResourceMetricsBuilder()
        .setResource(resource)
        .addScopeMetricsBuilder()
        .setScope(METRICS)
        .addMetrics(
            Metric.newBuilder()
                .setName("claude_code.token.usage")
                .setUnit("tokens")
                .setSum(sum.addAllDataPoints(points)));
    return export.build();
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }
}
