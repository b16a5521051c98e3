package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.suite.Tokens;
import io.grpc.CallCredentials;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * What Codex CLI sends: of each answer two hundred logs of pieces of it and one that counts. Beside
 * it the same exports to a bare grpc-java server that reads and drops them. Less by {@code
 * JAVA_OPTS="-Dcodex.round=5 -Dcodex.warm=5 -Dcodex.rounds=1"}, seconds.
 */
final class CodexFloodBenchmark {
  private static final int ENGINEERS = Integer.getInteger("codex.engineers", 100);
  private static final int DELTAS_AN_ANSWER = 200;
  private static final int ANSWERS_AN_EXPORT = 2;
  private static final int RECORDS_AN_EXPORT = ANSWERS_AN_EXPORT * (DELTAS_AN_ANSWER + 1);
  private static final int SENDERS = Integer.getInteger("codex.senders", 16);
  private static final int ROUNDS = Integer.getInteger("codex.rounds", 5);
  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("codex.warm", 30));
  private static final Duration ROUND = Duration.ofSeconds(Long.getLong("codex.round", 10));

  private static final Resource RESOURCE =
      Resource.newBuilder()
          .addAllAttributes(
              new OtlpAttributes()
                  .with("telemetry.sdk.language", "rust")
                  .with("host.name", "vm")
                  .with("telemetry.sdk.name", "opentelemetry")
                  .with("service.version", "0.169.0")
                  .with("service.name", "codex_exec")
                  .with("telemetry.sdk.version", "0.31.0")
                  .with("env", "test")
                  .list())
          .build();

  private final List<CallCredentials> senders;

  private CodexFloodBenchmark(Suite suite, Staff staff) {
    this.senders =
        IntStream.range(0, staff.size())
            .mapToObj(
                i ->
                    Tokens.bearing(
                        suite
                            .tokens()
                            .mint(
                                "laptop-" + i,
                                Optional.of(staff.id(i)),
                                Set.of(Role.INGEST),
                                Duration.ofHours(12))))
            .toList();
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    try (Suite suite =
            Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT);
        OtlpDoor ours = new OtlpDoor(suite.ports().of(SuitePort.OTLP_GRPC));
        Bare bare = new Bare();
        OtlpDoor theirs = new OtlpDoor(bare.port())) {
      new CodexFloodBenchmark(suite, Staff.hire(suite, ENGINEERS)).run(suite, ours, theirs);
    }
  }

  private void run(Suite suite, OtlpDoor ours, OtlpDoor theirs)
      throws IOException, InterruptedException {
    WriteAheadLog.prepare(suite.database(SuiteService.USAGE));
    ServiceHeap heap = new ServiceHeap(suite.pid(SuiteService.USAGE));
    flood(ours, WARM_UP);
    flood(theirs, WARM_UP.dividedBy(2));
    Rounds filtered = new Rounds(ROUNDS);
    Rounds dropped = new Rounds(ROUNDS);
    StringBuilder live = new StringBuilder("%.0f".formatted(heap.liveMebibytes()));
    for (int i = 0; i < ROUNDS; i++) {
      dropped.add(flood(theirs, ROUND));
      filtered.add(flood(ours, ROUND));
      live.append(", %.0f".formatted(heap.liveMebibytes()));
    }
    System.out.printf(
        "Exports of %d answers of %d logs, %d senders, medians of %d rounds of %d s%n",
        ANSWERS_AN_EXPORT, DELTAS_AN_ANSWER + 1, SENDERS, ROUNDS, ROUND.toSeconds());
    System.out.printf(
        "  filtered, and answers kept     %s logs/s (target: at least 100,000)%n",
        filtered.show("%.0f"));
    System.out.printf("  read and dropped by bare gRPC  %s logs/s%n", dropped.show("%.0f"));
    System.out.printf(
        "  filtered of dropped            %.1f %%%n", 100 * filtered.median() / dropped.median());
    System.out.printf("  live heap before and after each round: %s MiB (target: flat)%n", live);
  }

  /** Returns logs a second. */
  private double flood(OtlpDoor door, Duration length) {
    return RECORDS_AN_EXPORT
        * Load.closed(
            SENDERS, length, sender -> door.logs(export(), senders.get(sender % senders.size())));
  }

  private static ExportLogsServiceRequest export() {
    ScopeLogs.Builder logs =
        ScopeLogs.newBuilder()
            .setScope(InstrumentationScope.newBuilder().setName("codex_otel.log_only"));
    for (int answer = 0; answer < ANSWERS_AN_EXPORT; answer++) {
      String conversation = UUID.randomUUID().toString();
      Instant now = Instant.now();
      LogRecord delta =
          record(
              now,
              "event otel/src/events/session_telemetry.rs:1089",
              conversation,
              new OtlpAttributes()
                  .with("event.kind", "response.output_text.delta")
                  .with("duration_ms", "0"));
      for (int i = 0; i < DELTAS_AN_ANSWER; i++) {
        logs.addLogRecords(delta);
      }
      logs.addLogRecords(
          record(
              now,
              "event otel/src/events/session_telemetry.rs:1153",
              conversation,
              new OtlpAttributes()
                  .with("event.kind", "response.completed")
                  .with("input_token_count", "22110")
                  .with("output_token_count", "598")
                  .with("cached_token_count", "21009")
                  .with("cache_write_token_count", "0")
                  .with("reasoning_token_count", "45")
                  .with("tool_token_count", "22708")
                  .with("ttft_ms", "0")));
    }
    ExportLogsServiceRequest.Builder export = ExportLogsServiceRequest.newBuilder();
    export.addResourceLogsBuilder().setResource(RESOURCE).addScopeLogs(logs);
    return export.build();
  }

  private static LogRecord record(
      Instant now, String event, String conversation, OtlpAttributes kind) {
    return LogRecord.newBuilder()
        .setObservedTimeUnixNano(now.getEpochSecond() * 1_000_000_000L + now.getNano())
        .setSeverityNumberValue(9)
        .setSeverityText("INFO")
        .setEventName(event)
        .addAllAttributes(
            new OtlpAttributes()
                .with("event.name", "codex.sse_event")
                .with(kind.list())
                .with("event.timestamp", now.toString())
                .with("conversation.id", conversation)
                .with("app.version", "0.169.0")
                .with("originator", "codex_exec")
                .with("terminal.type", "xterm")
                .with("model", "gpt-5.4")
                .with("slug", "gpt-5.4")
                .list())
        .build();
  }

  /** Reads and drops. */
  private static final class Bare extends LogsServiceGrpc.LogsServiceImplBase
      implements AutoCloseable {
    private final Server server;

    Bare() throws IOException {
      this.server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .addService(this)
              .build()
              .start();
    }

    int port() {
      return server.getPort();
    }

    @Override
    public void export(
        ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> observer) {
      observer.onNext(ExportLogsServiceResponse.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public void close() {
      server.shutdownNow();
    }
  }
}
