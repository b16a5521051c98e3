package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordUsageResponse;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.UsageReporter;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Usage objects as a provider's reports have them, of twenty models that the shipped book prices.
 */
final class UsageObjects {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private record Model(String provider, String name) {}

  private static final List<Model> MODELS =
      List.of(
          new Model("anthropic", "claude-fable-5"),
          new Model("anthropic", "claude-haiku-4-5"),
          new Model("anthropic", "claude-opus-4-5"),
          new Model("anthropic", "claude-opus-4-6"),
          new Model("anthropic", "claude-opus-4-8"),
          new Model("anthropic", "claude-opus-5"),
          new Model("anthropic", "claude-sonnet-4-5"),
          new Model("anthropic", "claude-sonnet-4-6"),
          new Model("anthropic", "claude-sonnet-5"),
          new Model("gemini", "gemini/gemini-2.5-flash"),
          new Model("gemini", "gemini/gemini-2.5-flash-lite"),
          new Model("gemini", "gemini/gemini-2.5-pro"),
          new Model("gemini", "gemini/gemini-3.5-flash"),
          new Model("gemini", "gemini/gemini-3.6-flash"),
          new Model("openai", "gpt-4.1"),
          new Model("openai", "gpt-5.3-codex"),
          new Model("openai", "gpt-5.4"),
          new Model("openai", "gpt-5.4-mini"),
          new Model("openai", "gpt-5.4-nano"),
          new Model("openai", "gpt-5.4-2026-03-05"));

  private final IngestServiceBlockingStub usage;

  UsageObjects(Suite suite) {
    this.usage =
        IngestServiceGrpc.newBlockingStub(suite.channel(SuiteService.USAGE))
            .withCallCredentials(suite.tokens().as("bench-exporter", Role.INGEST));
  }

  /** One object of this engineer's. */
  static RecordedUsage of(String engineer, int model, Instant time) {
    Model called = MODELS.get(model % MODELS.size());
    String id = UUID.randomUUID().toString();
    return RecordedUsage.newBuilder()
        .setUsageId(id)
        .setEventTime(TimestampMapper.toProto(time))
        .setProvider(called.provider())
        .setModel(called.name())
        .addQuantities(MeterQuantity.newBuilder().setMeter("input").setQuantity(1_000))
        .addQuantities(MeterQuantity.newBuilder().setMeter("output").setQuantity(200))
        .addProviderIds("req-" + id)
        .setEngineer(engineer)
        .setReporter(UsageReporter.USAGE_REPORTER_PROVIDER)
        .setTool("bench")
        .setProject("project-" + model % 5)
        .setSession("session-" + engineer)
        .build();
  }

  /** Sends them in one call; returns how many were new. */
  int record(List<RecordedUsage> objects) {
    RecordUsageRequest request = RecordUsageRequest.newBuilder().addAllRecords(objects).build();
    int accepted = 0;
    for (var result : untilAccepted(request).getResultsList()) {
      switch (result.getOutcome()) {
        case RECORD_OUTCOME_ACCEPTED -> accepted++;
        case RECORD_OUTCOME_DUPLICATE -> {
          // Those the benchmark sends twice.
        }
        case RECORD_OUTCOME_CONFLICT,
            RECORD_OUTCOME_REJECTED,
            RECORD_OUTCOME_UNSPECIFIED,
            UNRECOGNIZED ->
            throw new IllegalStateException("not accepted: " + result);
      }
    }
    return accepted;
  }

  /** As a client does that is told to come again: the ids are the same, so nothing counts twice. */
  private RecordUsageResponse untilAccepted(RecordUsageRequest request) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return usage.recordUsage(request);
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Code.RESOURCE_EXHAUSTED || System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
