package dev.fourthpillar.cli;

import static dev.fourthpillar.cli.ProtoText.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.fourthpillar.budget.v1.ExtendGrantRequest;
import dev.fourthpillar.budget.v1.ExtendGrantResponse;
import dev.fourthpillar.budget.v1.GrantServiceGrpc;
import dev.fourthpillar.budget.v1.IssueGrantRequest;
import dev.fourthpillar.budget.v1.IssueGrantResponse;
import dev.fourthpillar.budget.v1.ListGrantsRequest;
import dev.fourthpillar.budget.v1.ListGrantsResponse;
import dev.fourthpillar.budget.v1.ReduceGrantRequest;
import dev.fourthpillar.budget.v1.ReduceGrantResponse;
import dev.fourthpillar.budget.v1.RevokeGrantRequest;
import dev.fourthpillar.budget.v1.RevokeGrantResponse;
import dev.fourthpillar.cli.suite.StandInSuite;
import dev.fourthpillar.cli.suite.SuitePort;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What finance does with somebody's lots by hand; the service is a stand-in on a port. */
final class GrantCommandsTest {
  private static final String BONUS =
      """
      lot: 'grant/bonus' engineer: 'ada' account: 'engineers/ada/USD' source: LOT_SOURCE_MANUAL
      granted { currency_code: 'USD' units: 50 }
      held { currency_code: 'USD' }
      settled { currency_code: 'USD' units: 20 }
      expired { currency_code: 'USD' }
      effective_time { seconds: 1772452800 }
      author: 'fp' reason: 'a good year'
      """;

  private static final String PLANNED =
      """
      lot: 'default/ada/2026-01-01' engineer: 'ada' account: 'engineers/ada/USD'
      source: LOT_SOURCE_PLAN_PERIOD
      granted { currency_code: 'USD' units: 3650 }
      held { currency_code: 'USD' units: 4 }
      settled { currency_code: 'USD' units: 12 nanos: 500000000 }
      expired { currency_code: 'USD' }
      effective_time { seconds: 1767225600 }
      expire_time { seconds: 1798761600 }
      reductions {
        amount { currency_code: 'USD' units: 730 }
        effective_time { seconds: 1775736000 }
        author: 'hr-tool' reason: 'fewer tokens for all'
      }
      """;

  private final Terminal terminal = new Terminal();
  private final List<Message> requests = new CopyOnWriteArrayList<>();

  @TempDir private Path data;

  private StandInSuite suite;

  @BeforeEach
  void listen() throws IOException {
    suite = StandInSuite.start(data, SuitePort.BUDGET, new Grants());
  }

  @AfterEach
  void close() {
    suite.close();
  }

  @Test
  void lotsAreATableAndWhatIsToComeIsSaidBelow() {
    assertThat(fp("list", "ada")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            lot                     from              granted  held  settled  expired  pays from             until
            ──────────────────────  ───────────  ────────────  ────  ───────  ───────  ────────────────────  ────────────────────
            grant/bonus             MANUAL          50.00 USD  0.00    20.00     0.00  2026-03-02T12:00:00Z  –
            default/ada/2026-01-01  PLAN_PERIOD  3,650.00 USD  4.00    12.50     0.00  2026-01-01T00:00:00Z  2027-01-01T00:00:00Z

            grant/bonus: granted by fp: a good year
            default/ada/2026-01-01: – 730.00 USD at 2026-04-09T12:00:00Z, by hr-tool: fewer tokens for all
            """);
    assertThat(fp("list", "nobody-s")).isZero();
    assertThat(terminal.out()).endsWith("nobody-s has no lots\n");
  }

  @Test
  void aLotIsGrantedAndShown() {
    assertThat(
            fp(
                "issue",
                "ada",
                "bonus",
                "50 USD",
                "--reason",
                "a good year",
                "--from",
                "2026-03-02T12:00:00Z",
                "--priority",
                "10",
                "--request",
                "r1"))
        .isZero();

    assertThat(terminal.out())
        .startsWith("engineers/ada/USD\n\nlot          from    ")
        .endsWith("\ngrant/bonus: granted by fp: a good year\n");
    var sent = (IssueGrantRequest) requests.getFirst();
    assertThat(sent.getRequestId()).isEqualTo("r1");
    assertThat(sent.getGrant()).isEqualTo("bonus");
    assertThat(sent.getAmount().getUnits()).isEqualTo(50);
    assertThat(sent.getPriority()).isEqualTo(10);
    assertThat(sent.getEffectiveTime().getSeconds())
        .isEqualTo(Instant.parse("2026-03-02T12:00:00Z").getEpochSecond());
    assertThat(sent.hasExpireTime()).isFalse();
  }

  @Test
  void lotsAreReducedExtendedAndRevoked() {
    String[] why = {"--reason", "because"};
    assertThat(fp("reduce", "ada", "default/ada/2026-01-01", "730 USD", why[0], why[1])).isZero();
    assertThat(fp("extend", "ada", "grant/bonus", why[0], why[1])).isZero();
    assertThat(
            fp("extend", "ada", "grant/bonus", why[0], why[1], "--until", "2027-01-01T00:00:00Z"))
        .isZero();
    assertThat(fp("revoke", "ada", "grant/bonus", why[0], why[1])).isZero();

    var reduced = (ReduceGrantRequest) requests.get(0);
    assertThat(reduced.getLot()).isEqualTo("default/ada/2026-01-01");
    assertThat(reduced.getReason()).isEqualTo("because");
    assertThat(reduced.hasEffectiveTime()).isFalse();
    assertThat(((ExtendGrantRequest) requests.get(1)).hasExpireTime()).isFalse();
    assertThat(((ExtendGrantRequest) requests.get(2)).getExpireTime().getSeconds())
        .isEqualTo(1_798_761_600);
    var revoked = (RevokeGrantRequest) requests.get(3);
    assertThat(revoked.getLot()).isEqualTo("grant/bonus");
    assertThat(revoked.getRequestId()).isNotEmpty().isNotEqualTo(reduced.getRequestId());
  }

  @Test
  void whatIsMissingOrRefusedIsSaid() {
    assertThat(fp("revoke", "ada", "grant/bonus")).isEqualTo(2);
    assertThat(terminal.err()).contains("--reason");
    assertThat(fp("issue", "ada", "bonus", "lots", "--reason", "x")).isEqualTo(2);
    assertThat(terminal.err()).contains("'lots' (expected: an amount and a currency");
    assertThat(fp("revoke", "ada", "none", "--reason", "x")).isEqualTo(3);
    assertThat(terminal.err())
        .contains("fp: refused: lot 'none' of 'ada' does not exist (NOT_FOUND)");
    assertThat(fp()).isEqualTo(2);
    assertThat(terminal.err()).contains("which command?");
  }

  private int fp(String... arguments) {
    var all = new ArrayList<>(List.of("grant"));
    all.addAll(List.of(arguments));
    if (arguments.length > 0) {
      all.addAll(List.of("--data", data.toString()));
    }
    return terminal.fp(all.toArray(String[]::new));
  }

  private final class Grants extends GrantServiceGrpc.GrantServiceImplBase {
    @Override
    public void issueGrant(IssueGrantRequest request, StreamObserver<IssueGrantResponse> observer) {
      answer(
          request,
          observer,
          parsed("grant {" + BONUS + "}", IssueGrantResponse.newBuilder()).build());
    }

    @Override
    public void listGrants(ListGrantsRequest request, StreamObserver<ListGrantsResponse> observer) {
      String grants =
          request.getEngineer().equals("ada")
              ? "grants {" + BONUS + "} grants {" + PLANNED + "}"
              : "";
      answer(request, observer, parsed(grants, ListGrantsResponse.newBuilder()).build());
    }

    @Override
    public void reduceGrant(
        ReduceGrantRequest request, StreamObserver<ReduceGrantResponse> observer) {
      answer(
          request,
          observer,
          parsed("grant {" + PLANNED + "}", ReduceGrantResponse.newBuilder()).build());
    }

    @Override
    public void extendGrant(
        ExtendGrantRequest request, StreamObserver<ExtendGrantResponse> observer) {
      answer(
          request,
          observer,
          parsed("grant {" + BONUS + "}", ExtendGrantResponse.newBuilder()).build());
    }

    @Override
    public void revokeGrant(
        RevokeGrantRequest request, StreamObserver<RevokeGrantResponse> observer) {
      if (request.getLot().equals("none")) {
        observer.onError(
            StatusProto.toStatusRuntimeException(
                Status.newBuilder()
                    .setCode(Code.NOT_FOUND_VALUE)
                    .setMessage("lot 'none' of 'ada' does not exist")
                    .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("NOT_FOUND").build()))
                    .build()));
        return;
      }
      answer(
          request,
          observer,
          parsed("grant {" + BONUS + "}", RevokeGrantResponse.newBuilder()).build());
    }

    private <T extends Message> void answer(Message request, StreamObserver<T> observer, T answer) {
      requests.add(request);
      observer.onNext(answer);
      observer.onCompleted();
    }
  }
}
