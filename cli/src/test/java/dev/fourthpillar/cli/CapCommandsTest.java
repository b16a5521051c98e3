package dev.fourthpillar.cli;

import static dev.fourthpillar.cli.ProtoText.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.v1.Cap;
import dev.fourthpillar.budget.v1.FundingServiceGrpc;
import dev.fourthpillar.budget.v1.ListCapsRequest;
import dev.fourthpillar.budget.v1.ListCapsResponse;
import dev.fourthpillar.budget.v1.PutCapRequest;
import dev.fourthpillar.budget.v1.PutCapResponse;
import dev.fourthpillar.cli.suite.StandInSuite;
import dev.fourthpillar.cli.suite.SuitePort;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What finance does with caps; the service is a stand-in on a port. */
final class CapCommandsTest {
  private static final String STATES =
      """
      caps {
        cap {
          cap: 'all' amount { currency_code: 'USD' units: 5000 } window: CAP_WINDOW_TOTAL
          time_zone: 'UTC' named_only: true disabled: true
        }
        held { currency_code: 'USD' } settled { currency_code: 'USD' units: 5100 }
        available { currency_code: 'USD' units: -100 }
      }
      caps {
        cap {
          cap: 'ci' amount { currency_code: 'USD' units: 50 } window: CAP_WINDOW_DAY
          time_zone: 'Europe/Stockholm' tool: 'codex' project: 'ci'
        }
        window_end { seconds: 1772492400 }
        held { currency_code: 'USD' units: 2 } settled { currency_code: 'USD' units: 12 }
        available { currency_code: 'USD' units: 36 }
      }
      """;

  private final Terminal terminal = new Terminal();
  private final List<PutCapRequest> requests = new CopyOnWriteArrayList<>();

  @TempDir private Path data;

  private StandInSuite suite;
  private String states = STATES;

  @BeforeEach
  void listen() throws IOException {
    suite = StandInSuite.start(data, SuitePort.BUDGET, new Caps());
  }

  @AfterEach
  void close() {
    suite.close();
  }

  @Test
  void capsAreATableWithWhatCountsInThem() {
    assertThat(fp("list")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            cap  counts                              at most  held   settled  available  until
            ───  ─────────────────────────────  ────────────  ────  ────────  ─────────  ────────────────────
            all  calls that name it (disabled)  5,000.00 USD  0.00  5,100.00    -100.00  –
            ci   tool codex project ci             50.00 USD  2.00     12.00      36.00  2026-03-02T23:00:00Z
            """);
    states = "";
    assertThat(fp("list", "--limit", "7")).isZero();
    assertThat(terminal.out()).endsWith("no caps\n");
  }

  @Test
  void aCapIsMade() {
    assertThat(
            fp(
                "put",
                "ci",
                "50 USD",
                "--per",
                "day",
                "--zone",
                "Europe/Stockholm",
                "--model",
                "acme/nova",
                "--request",
                "r1"))
        .isZero();
    assertThat(terminal.out())
        .isEqualTo("caps/ci: at most 50.00 USD per DAY Europe/Stockholm, of model acme/nova\n");
    assertThat(requests)
        .containsExactly(
            parsed(
                    """
                    request_id: 'r1'
                    cap {
                      cap: 'ci' amount { currency_code: 'USD' units: 50 } window: CAP_WINDOW_DAY
                      time_zone: 'Europe/Stockholm' model: 'acme/nova'
                    }
                    """,
                    PutCapRequest.newBuilder())
                .build());

    assertThat(fp("put", "all", "1 USD", "--per", "TOTAL", "--named-only", "--disabled")).isZero();
    Cap sent = requests.getLast().getCap();
    assertThat(sent.getNamedOnly()).isTrue();
    assertThat(sent.getDisabled()).isTrue();
    assertThat(requests.getLast().getRequestId()).isNotEmpty();
  }

  @Test
  void whatIsMissingIsSaid() {
    assertThat(fp("put", "ci", "50 USD")).isEqualTo(2);
    assertThat(terminal.err()).contains("--per");
    assertThat(fp("put", "ci", "50 USD", "--per", "hour")).isEqualTo(2);
    assertThat(terminal.err()).contains("DAY, WEEK, MONTH, YEAR, TOTAL");
    assertThat(fp()).isEqualTo(2);
    assertThat(terminal.err()).contains("which command?");
  }

  private int fp(String... arguments) {
    var all = new ArrayList<>(List.of("cap"));
    all.addAll(List.of(arguments));
    if (arguments.length > 0) {
      all.addAll(List.of("--data", data.toString()));
    }
    return terminal.fp(all.toArray(String[]::new));
  }

  private final class Caps extends FundingServiceGrpc.FundingServiceImplBase {
    @Override
    public void putCap(PutCapRequest request, StreamObserver<PutCapResponse> observer) {
      requests.add(request);
      observer.onNext(PutCapResponse.newBuilder().setCap(request.getCap()).build());
      observer.onCompleted();
    }

    @Override
    public void listCaps(ListCapsRequest request, StreamObserver<ListCapsResponse> observer) {
      observer.onNext(parsed(states, ListCapsResponse.newBuilder()).build());
      observer.onCompleted();
    }
  }
}
