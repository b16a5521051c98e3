package dev.fourthpillar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.fourthpillar.cli.suite.StandInSuite;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.type.v1.IdentityKind;
import dev.fourthpillar.usage.v1.DecideUnmatchedRequest;
import dev.fourthpillar.usage.v1.DecideUnmatchedResponse;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc;
import dev.fourthpillar.usage.v1.ImportReportRequest;
import dev.fourthpillar.usage.v1.ImportReportResponse;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.ListConflictsRequest;
import dev.fourthpillar.usage.v1.ListConflictsResponse;
import dev.fourthpillar.usage.v1.ListDifferencesRequest;
import dev.fourthpillar.usage.v1.ListDifferencesResponse;
import dev.fourthpillar.usage.v1.ListShortfallsRequest;
import dev.fourthpillar.usage.v1.ListShortfallsResponse;
import dev.fourthpillar.usage.v1.ListUnattributedRequest;
import dev.fourthpillar.usage.v1.ListUnattributedResponse;
import dev.fourthpillar.usage.v1.ListUnmatchedRequest;
import dev.fourthpillar.usage.v1.ListUnmatchedResponse;
import dev.fourthpillar.usage.v1.ListUnpricedRequest;
import dev.fourthpillar.usage.v1.ListUnpricedResponse;
import dev.fourthpillar.usage.v1.MapIdentityRequest;
import dev.fourthpillar.usage.v1.MapIdentityResponse;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.RecordOutcome;
import dev.fourthpillar.usage.v1.RecordResult;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.ReportFormat;
import dev.fourthpillar.usage.v1.SetUnmatchedPolicyRequest;
import dev.fourthpillar.usage.v1.SetUnmatchedPolicyResponse;
import dev.fourthpillar.usage.v1.StreamUsageRequest;
import dev.fourthpillar.usage.v1.StreamUsageResponse;
import dev.fourthpillar.usage.v1.UnmatchedDecision;
import dev.fourthpillar.usage.v1.UnmatchedPolicy;
import dev.fourthpillar.usage.v1.UnmatchedRule;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage that is taken in, told to be whose, and compared; the service is a stand-in. */
final class UsageCommandsTest {
  private final Terminal terminal = new Terminal();
  private final List<Message> requests = new CopyOnWriteArrayList<>();

  @TempDir private Path data;

  private StandInSuite suite;

  @BeforeEach
  void listen() throws IOException {
    suite =
        StandInSuite.start(
            data, SuitePort.USAGE, new Identities(), new Reconciliation(), new Ingest());
  }

  @AfterEach
  void close() {
    suite.close();
  }

  @Test
  void whatIsNobodysSaysHowToMapIt() {
    assertThat(fp("usage", "unattributed")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            tool         calls  first                 last                  what it says of itself
            ───────────  ─────  ────────────────────  ────────────────────  ────────────────────────────────────
            claude-code  1,200  2026-11-20T00:00:00Z  2026-11-20T01:00:00Z  user=u-1 email=who@example.com
            codex            1  2026-11-20T00:00:00Z  2026-11-20T00:00:00Z  credential=ci engineer=zoe (unknown)
            map one: fp usage map KIND=VALUE ENGINEER
            """);

    assertThat(fp("usage", "map", "email=who@example.com", "ada", "--from", "2026-11-01T00:00:00Z"))
        .isZero();
    var sent = (MapIdentityRequest) requests.getLast();
    assertThat(sent.getIdentity().getKind()).isEqualTo(IdentityKind.IDENTITY_KIND_EMAIL);
    assertThat(sent.getIdentity().getValue()).isEqualTo("who@example.com");
    assertThat(sent.getEngineer()).isEqualTo("ada");
    assertThat(sent.getEffectiveTime().getSeconds()).isEqualTo(1_793_491_200L);
    assertThat(terminal.out()).endsWith("who@example.com is ada\n");
    assertThat(fp("usage", "map", "mail=x", "ada")).isEqualTo(2);
    assertThat(terminal.err()).contains("expected: KIND=VALUE");
  }

  @Test
  void whatHasNoPriceIsListedByDayAndModel() {
    assertThat(fp("usage", "unpriced")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            day         tool       provider  model   calls  what it consumed
            ──────────  ─────────  ────────  ──────  ─────  ───────────────────────
            2026-11-20  (unknown)  acme      nova-9      3  input 3,000, output 600
            """);
  }

  @Test
  void whatWaitsForADecisionIsListedAndChargedByOneCommand() {
    assertThat(fp("usage", "unmatched", "--engineer", "ada")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            call  engineer  tool         made at               model                      list price
            ────  ────────  ───────────  ────────────────────  ─────────────────────────  ──────────
              17  ada       claude-code  2026-11-20T00:00:00Z  anthropic/claude-opus-4-5    0.01 USD
            decide: fp usage unmatched --charge, or --dismiss
            """);

    assertThat(fp("usage", "unmatched", "--engineer", "ada", "--charge")).isZero();
    var sent = (DecideUnmatchedRequest) requests.getLast();
    assertThat(sent.getDecision()).isEqualTo(UnmatchedDecision.UNMATCHED_DECISION_CHARGE);
    assertThat(sent.getFilter().getEngineer()).isEqualTo("ada");
    assertThat(terminal.out()).endsWith("2 calls are charged\n");
    assertThat(fp("usage", "unmatched", "--charge", "--dismiss")).isEqualTo(2);

    assertThat(fp("usage", "policy", "wait_then_review", "--engineer", "ada", "--tool", "codex"))
        .isZero();
    assertThat(((SetUnmatchedPolicyRequest) requests.getLast()).getPolicy())
        .isEqualTo(UnmatchedPolicy.UNMATCHED_POLICY_WAIT_THEN_REVIEW);
    assertThat(terminal.out()).endsWith("engineer ada, codex: WAIT_THEN_REVIEW\n");
  }

  @Test
  void shortfallsAreListedKindByKind() {
    assertThat(fp("usage", "shortfalls", "--tool", "claude-code")).isZero();

    assertThat(terminal.out())
        .contains("metered", "counted")
        .contains(
            "ada       m      2026-11-20T00:00:00Z  2026-11-20T01:00:00Z  input    1,500    1,000");
    assertThat(((ListShortfallsRequest) requests.getFirst()).getTool()).isEqualTo("claude-code");
  }

  @Test
  void conflictsAreListedWithWhatCounts() {
    assertThat(fp("usage", "conflicts", "--tool", "claude-code")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            what      made at               tool         call  says                                      counts
            ────────  ────────────────────  ───────────  ────  ────────────────────────────────────────  ──────
            CONTENT   2026-11-20T00:00:00Z  claude-code    17  anthropic/claude-opus-4-5, input 1,000    yes
            CONTENT   2026-11-20T00:00:00Z  claude-code    17  anthropic/claude-opus-4-5, input 1,500    no
            ENGINEER  2026-11-20T00:00:00Z  claude-code    18  hold h-1 of bob                           yes
            ENGINEER  2026-11-20T00:00:00Z  claude-code    18  EMAIL:ada@example.com, CREDENTIAL:laptop  no
            """);
    assertThat(((ListConflictsRequest) requests.getFirst()).getTool()).isEqualTo("claude-code");
  }

  @Test
  void differencesAreListedPageByPage() {
    assertThat(fp("usage", "differences", "2026-11-01", "2026-11-30")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            day         report           model                      key  engineer  reported                counted      agrees
            ──────────  ───────────────  ─────────────────────────  ───  ────────  ──────────────────────  ───────────  ──────
            2026-11-20  ANTHROPIC_USAGE  anthropic/claude-opus-4-5  *    *         input 3,505, 0.031 USD  input 3,000  no
            2026-11-20  ANTHROPIC_USAGE  anthropic/claude-opus-4-5  k-1  ?         input 5                 input 0      no
            """);
    assertThat(requests).hasSize(2).hasOnlyElementsOfType(ListDifferencesRequest.class);
  }

  @Test
  void callsOfAFileAreRecordedWithABarThatShowsHowFarItIs() throws IOException {
    Path file = data.resolve("calls.jsonl");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      lines.add(
          """
          {"usageId": "u-%d", "eventTime": "2026-11-20T00:00:00Z", "provider": "anthropic", "model": "m", "quantities": [{"meter": "input", "quantity": "7"}]}"""
              .formatted(i));
    }
    Files.write(file, lines);

    assertThat(fp("usage", "import", file.toString())).isEqualTo(3);

    assertThat(terminal.out()).isEqualTo("2,498 calls recorded, 1 were there already, 1 refused\n");
    assertThat(terminal.err())
        .isEqualTo(
            """
            [████████░░░░░░░░░░░░]  40 %  1,000 of 2,500 calls
            [████████████████░░░░]  80 %  2,000 of 2,500 calls
            [████████████████████] 100 %  2,500 of 2,500 calls
            u-2: TOO_OLD_TO_DEDUPLICATE
            """);
    assertThat(requests).hasSize(3);
  }

  @Test
  void callsMayBeCsvAndAWrongFileRecordsNothing() throws IOException {
    Path file = data.resolve("calls.csv");
    Files.writeString(
        file,
        """
        usage_id,event_time,provider,model,engineer,input,output
        c-1,2026-11-20T00:00:00Z,anthropic,claude-opus-4-5,ada,1000,200
        c-3,2026-11-20T00:00:00Z,anthropic,claude-opus-4-5,,5,
        """);
    assertThat(fp("usage", "import", file.toString())).isZero();
    List<RecordedUsage> sent = ((StreamUsageRequest) requests.getFirst()).getRecordsList();
    assertThat(sent.getFirst().getEngineer()).isEqualTo("ada");
    assertThat(sent.getFirst().getQuantitiesList())
        .extracting(quantity -> quantity.getMeter() + " " + quantity.getQuantity())
        .containsExactly("input 1000", "output 200");
    assertThat(sent.getLast().getQuantitiesCount()).isEqualTo(1);

    Files.writeString(file, "usage_id,event_time,provider,model,input\nc-1,yesterday,a,m,1\n");
    assertThat(fp("usage", "import", file.toString())).isEqualTo(1);
    assertThat(terminal.err()).contains("calls.csv: row 1: event_time: yesterday");
    Files.writeString(file, "usage_id,provider,model,input\nc-1,a,m,1\n");
    assertThat(fp("usage", "import", file.toString())).isEqualTo(1);
    assertThat(terminal.err()).contains("no column event_time");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aReportIsSentInPieces() throws IOException {
    Path file = data.resolve("report.json");
    Files.writeString(file, " ".repeat(300_000) + "{}");

    assertThat(fp("usage", "import", file.toString(), "--format", "anthropic_usage")).isEqualTo(3);

    var header = ((ImportReportRequest) requests.getFirst()).getHeader();
    assertThat(header.getFormat()).isEqualTo(ReportFormat.REPORT_FORMAT_ANTHROPIC_USAGE);
    assertThat(header.getSource()).isEqualTo("report.json");
    assertThat(requests).hasSize(3);
    assertThat(terminal.out())
        .isEqualTo(
            """
            4 rows read, 3 lines by day, model and key, 1 rows rejected
            what differs: fp usage differences FROM TO
            """);
    assertThat(terminal.err())
        .contains("100 %  300,002 of 300,002 bytes", "row 2: input: -1 (expected: 0 or more)");
  }

  @Test
  void theSettingsOfEachToolAreThereToCopy() {
    for (String tool : List.of("claude_code", "codex", "gemini_cli", "copilot", "openclaw")) {
      assertThat(fp("usage", "connect", tool, "--host", "usage.example.com")).isZero();
    }

    assertThat(terminal.out())
        .contains(
            "export OTEL_EXPORTER_OTLP_ENDPOINT=http://usage.example.com:4317",
            "exporter = { otlp-grpc = { endpoint = \"http://usage.example.com:4317\", headers ="
                + " { authorization = \"Bearer TOKEN\" } } }",
            "export GEMINI_TELEMETRY_LOG_PROMPTS=false",
            "\"github.copilot.chat.otel.otlpEndpoint\": \"http://usage.example.com:4318\"",
            "\"protocol\": \"http/protobuf\"",
            "# TOKEN: a token of role INGEST");
    assertThat(requests).isEmpty();
  }

  private int fp(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return terminal.fp(all.toArray(String[]::new));
  }

  private <A extends Message> void answer(
      Message request, StreamObserver<A> observer, String text, Message.Builder builder) {
    requests.add(request);
    try {
      TextFormat.merge(text, builder);
    } catch (TextFormat.ParseException e) {
      throw new IllegalStateException(e);
    }
    @SuppressWarnings("unchecked")
    A message = (A) builder.build();
    observer.onNext(message);
    observer.onCompleted();
  }

  private final class Identities extends IdentityServiceGrpc.IdentityServiceImplBase {
    @Override
    public void listUnattributed(
        ListUnattributedRequest request, StreamObserver<ListUnattributedResponse> observer) {
      answer(
          request,
          observer,
          """
          groups {
            tool: 'claude-code' unit_count: 1200
            claims { kind: IDENTITY_KIND_USER value: 'u-1' }
            claims { kind: IDENTITY_KIND_EMAIL value: 'who@example.com' }
            first_time { seconds: 1795132800 } last_time { seconds: 1795136400 }
          }
          groups {
            tool: 'codex' unit_count: 1 unknown_engineer: 'zoe'
            claims { kind: IDENTITY_KIND_CREDENTIAL value: 'ci' }
            first_time { seconds: 1795132800 } last_time { seconds: 1795132800 }
          }
          """,
          ListUnattributedResponse.newBuilder());
    }

    @Override
    public void listUnpriced(
        ListUnpricedRequest request, StreamObserver<ListUnpricedResponse> observer) {
      answer(
          request,
          observer,
          """
          groups {
            day { year: 2026 month: 11 day: 20 } provider: 'acme' model: 'nova-9' unit_count: 3
            quantities { meter: 'input' quantity: 3000 } quantities { meter: 'output' quantity: 600 }
          }
          """,
          ListUnpricedResponse.newBuilder());
    }

    @Override
    public void mapIdentity(
        MapIdentityRequest request, StreamObserver<MapIdentityResponse> observer) {
      answer(request, observer, "", MapIdentityResponse.newBuilder());
    }
  }

  private final class Reconciliation
      extends ReconciliationServiceGrpc.ReconciliationServiceImplBase {
    @Override
    public void listUnmatched(
        ListUnmatchedRequest request, StreamObserver<ListUnmatchedResponse> observer) {
      answer(
          request,
          observer,
          """
          usages {
            unit_id: '17' engineer: 'ada' tool: 'claude-code' provider: 'anthropic'
            model: 'claude-opus-4-5' usage_time { seconds: 1795132800 }
            list_amount { currency_code: 'USD' nanos: 10000000 }
          }
          """,
          ListUnmatchedResponse.newBuilder());
    }

    @Override
    public void listShortfalls(
        ListShortfallsRequest request, StreamObserver<ListShortfallsResponse> observer) {
      answer(
          request,
          observer,
          """
          shortfalls {
            tool: 'claude-code' engineer: 'ada' model: 'm'
            start_time { seconds: 1795132800 } end_time { seconds: 1795136400 }
            quantities { meter: 'input' metered_count: 1500 counted_count: 1000 }
          }
          """,
          ListShortfallsResponse.newBuilder());
    }

    @Override
    public void listConflicts(
        ListConflictsRequest request, StreamObserver<ListConflictsResponse> observer) {
      answer(
          request,
          observer,
          """
          conflicts {
            kind: CONFLICT_KIND_CONTENT unit_id: '17' tool: 'claude-code'
            usage_time { seconds: 1795132800 }
            reports {
              provider: 'anthropic' model: 'claude-opus-4-5' counts: true
              quantities { meter: 'input' quantity: 1000 }
            }
            reports {
              provider: 'anthropic' model: 'claude-opus-4-5'
              quantities { meter: 'input' quantity: 1500 }
            }
          }
          conflicts {
            kind: CONFLICT_KIND_ENGINEER unit_id: '18' tool: 'claude-code'
            usage_time { seconds: 1795132800 } hold_id: 'h-1' hold_engineer: 'bob'
            claims: 'EMAIL:ada@example.com' claims: 'CREDENTIAL:laptop'
          }
          """,
          ListConflictsResponse.newBuilder());
    }

    @Override
    public void decideUnmatched(
        DecideUnmatchedRequest request, StreamObserver<DecideUnmatchedResponse> observer) {
      answer(request, observer, "decided_count: 2", DecideUnmatchedResponse.newBuilder());
    }

    @Override
    public void setUnmatchedPolicy(
        SetUnmatchedPolicyRequest request, StreamObserver<SetUnmatchedPolicyResponse> observer) {
      requests.add(request);
      observer.onNext(
          SetUnmatchedPolicyResponse.newBuilder()
              .setRule(
                  UnmatchedRule.newBuilder()
                      .setEngineer(request.getEngineer())
                      .setTool(request.getTool())
                      .setPolicy(request.getPolicy()))
              .build());
      observer.onCompleted();
    }

    @Override
    public void listDifferences(
        ListDifferencesRequest request, StreamObserver<ListDifferencesResponse> observer) {
      String line =
          """
          day { year: 2026 month: 11 day: 20 } format: 'ANTHROPIC_USAGE' provider: 'anthropic'
          model: 'claude-opus-4-5'
          """;
      answer(
          request,
          observer,
          request.getPageToken().isEmpty()
              ? """
                next_page_token: 'next'
                differences { %s reported { meter: 'input' quantity: 3505 }
                  counted { meter: 'input' quantity: 3000 }
                  reported_amount { currency_code: 'USD' nanos: 31000000 } }
                """
                  .formatted(line)
              : """
                differences { %s key: 'k-1' reported { meter: 'input' quantity: 5 }
                  counted { meter: 'input' quantity: 0 } }
                """
                  .formatted(line),
          ListDifferencesResponse.newBuilder());
    }
  }

  private final class Ingest extends IngestServiceGrpc.IngestServiceImplBase {
    @Override
    public StreamObserver<StreamUsageRequest> streamUsage(
        StreamObserver<StreamUsageResponse> observer) {
      return new Answering<>(observer) {
        @Override
        public void onNext(StreamUsageRequest request) {
          requests.add(request);
          StreamUsageResponse.Builder response = StreamUsageResponse.newBuilder();
          request
              .getRecordsList()
              .forEach(record -> response.addResults(result(record.getUsageId())));
          observer.onNext(response.build());
        }
      };
    }

    @Override
    public StreamObserver<ImportReportRequest> importReport(
        StreamObserver<ImportReportResponse> observer) {
      return new Answering<>(observer) {
        @Override
        public void onNext(ImportReportRequest request) {
          requests.add(request);
        }

        @Override
        public void onCompleted() {
          observer.onNext(
              ImportReportResponse.newBuilder()
                  .setRowCount(4)
                  .setLineCount(3)
                  .setRejectedCount(1)
                  .addRejectedRows(
                      dev.fourthpillar.usage.v1.RejectedRow.newBuilder()
                          .setRow(2)
                          .setReason("input: -1 (expected: 0 or more)"))
                  .build());
          super.onCompleted();
        }
      };
    }
  }

  private static RecordResult result(String id) {
    RecordResult.Builder result = RecordResult.newBuilder().setUsageId(id);
    return switch (id) {
      case "u-1" -> result.setOutcome(RecordOutcome.RECORD_OUTCOME_DUPLICATE).build();
      case "u-2" ->
          result
              .setOutcome(RecordOutcome.RECORD_OUTCOME_REJECTED)
              .setRejection(
                  dev.fourthpillar.usage.v1.RecordRejection.RECORD_REJECTION_TOO_OLD_TO_DEDUPLICATE)
              .build();
      default -> result.setOutcome(RecordOutcome.RECORD_OUTCOME_ACCEPTED).build();
    };
  }

  /** Ends when its client does. */
  private abstract static class Answering<Q, A> implements StreamObserver<Q> {
    private final StreamObserver<A> observer;

    Answering(StreamObserver<A> observer) {
      this.observer = observer;
    }

    @Override
    public void onError(Throwable gone) {}

    @Override
    public void onCompleted() {
      observer.onCompleted();
    }
  }
}
