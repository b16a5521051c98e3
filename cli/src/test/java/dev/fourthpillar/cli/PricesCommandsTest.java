package dev.fourthpillar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.fourthpillar.cli.suite.StandInSuite;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.usage.v1.ComparePriceBooksRequest;
import dev.fourthpillar.usage.v1.ComparePriceBooksResponse;
import dev.fourthpillar.usage.v1.GetRepricingRequest;
import dev.fourthpillar.usage.v1.GetRepricingResponse;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookResponse;
import dev.fourthpillar.usage.v1.PreviewRepriceRequest;
import dev.fourthpillar.usage.v1.PreviewRepriceResponse;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.RepriceUsageRequest;
import dev.fourthpillar.usage.v1.RepriceUsageResponse;
import dev.fourthpillar.usage.v1.SetNegotiatedRateRequest;
import dev.fourthpillar.usage.v1.SetNegotiatedRateResponse;
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

/** Price books and re-pricings; the service is a stand-in. */
final class PricesCommandsTest {
  private final Terminal terminal = new Terminal();
  private final List<Message> requests = new CopyOnWriteArrayList<>();

  @TempDir private Path data;

  private StandInSuite suite;

  @BeforeEach
  void listen() throws IOException {
    suite = StandInSuite.start(data, SuitePort.USAGE, new Books());
  }

  @AfterEach
  void close() {
    suite.close();
  }

  @Test
  void anImportTellsWhatBecameOfEveryEntry() throws IOException {
    Path file = data.resolve("prices.json");
    Files.writeString(file, "{}");

    assertThat(fp("prices", "import", file.toString(), "--litellm")).isEqualTo(2);
    assertThat(
            fp("prices", "import", file.toString(), "--litellm", "--from", "2026-08-06T00:00:00Z"))
        .isZero();

    var sent = (ImportPriceBookRequest) requests.getFirst();
    assertThat(sent.getLitellm().getBookId()).isEqualTo("list");
    assertThat(sent.getLitellm().getVersion()).isEqualTo(1);
    assertThat(sent.getLitellm().getSource()).isEqualTo("LiteLLM, file prices.json");
    assertThat(sent.getListBookJson().isEmpty()).isTrue();
    assertThat(terminal.out())
        .isEqualTo(
            """
            list/1: 2,900 models
            of the file: 2,700 with prices, 100 free, 100 without a price, 1 rejected, 2 no models
              rejected: odd: 5000000 (expected: <= 10000)
              not supported: citation_cost_per_token, in 7 models
            3 added, 2 dropped, 1 changed beside list/0
            That is much. Look at it: fp prices compare list/1
            Then: fp prices activate list/1 --confirm
            """);

    assertThat(fp("prices", "compare", "list/1")).isZero();
    assertThat(terminal.out())
        .endsWith(
            """
            what     provider   model  before             after
            ───────  ─────────  ─────  ─────────────────  ─────────────────
            CHANGED  anthropic  a      input 1, output 2  input 1, output 3
            """);
  }

  @Test
  void aNegotiatedRateIsWrittenPerMeterAndServiceTier() {
    assertThat(
            fp(
                "prices",
                "negotiate",
                "anthropic",
                "claude-opus-4-5",
                "input=2.50",
                "output@batch=5",
                "--from",
                "2026-08-06T00:00:00Z",
                "--source",
                "contract 4711"))
        .isZero();

    var sent = (SetNegotiatedRateRequest) requests.getFirst();
    assertThat(sent.getPricesList())
        .extracting(
            price ->
                price.getMeter()
                    + " "
                    + price.getServiceTier()
                    + " "
                    + price.getPricePerMillion().getValue())
        .containsExactly("input standard 2.50", "output batch 5");
    assertThat(fp("prices", "negotiate", "a", "m", "input", "--from", "2026-08-06T00:00:00Z"))
        .isEqualTo(2);
  }

  @Test
  void aRepricingIsLookedAtThenDoneAndWaitedFor() {
    assertThat(fp("reprice", "preview", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")).isZero();
    assertThat(terminal.out())
        .isEqualTo(
            """
            3 calls have a price, 2 of them another one.
            1 calls would have none, and keep theirs.

                   calls  changed  list before   after  employer before  after
            ─────  ─────  ───────  ───────────  ──────  ───────────────  ─────
            total      3        2    30.00 USD  24.005            15.00  12.00
            ada        3        2    30.00 USD  24.005            15.00  12.00
            and 4 more
            """);

    assertThat(
            fp(
                "reprice",
                "apply",
                "2026-11-01T00:00:00Z",
                "2026-12-01T00:00:00Z",
                "--reason",
                "a corrected book"))
        .isZero();
    assertThat(terminal.out())
        .endsWith(
            "r-1: APPLIED, 2 calls, list -5.995 USD, employer -3.00 USD (a corrected book)\n");
    assertThat(requests).hasAtLeastOneElementOfType(GetRepricingRequest.class);
  }

  private int fp(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return terminal.fp(all.toArray(String[]::new));
  }

  private <B extends Message.Builder> B answer(Message request, String text, B builder) {
    requests.add(request);
    try {
      TextFormat.merge(text, builder);
    } catch (TextFormat.ParseException e) {
      throw new IllegalStateException(e);
    }
    return builder;
  }

  private static <A> void send(StreamObserver<A> observer, A answer) {
    observer.onNext(answer);
    observer.onCompleted();
  }

  private final class Books extends PriceBookServiceGrpc.PriceBookServiceImplBase {
    private static final String REPRICING =
        "repricing { repricing_id: 'r-1' reason: 'a corrected book' state: %s %s }";

    @Override
    public void importPriceBook(
        ImportPriceBookRequest request, StreamObserver<ImportPriceBookResponse> observer) {
      send(
          observer,
          answer(
                  request,
                  """
                  book { book_id: 'list/1' row_count: 2900 }
                  added_count: 3 dropped_count: 2 changed_count: 1 compared_with: 'list/0'
                  confirmation_required: true
                  litellm {
                    imported_count: 2700 free_count: 100 without_price_count: 100 rejected_count: 1
                    not_model_count: 2
                    rejected_models { name: 'odd' reason: '5000000 (expected: <= 10000)' }
                    not_supported { field: 'citation_cost_per_token' count: 7 }
                  }
                  """,
                  ImportPriceBookResponse.newBuilder())
              .build());
    }

    @Override
    public void comparePriceBooks(
        ComparePriceBooksRequest request, StreamObserver<ComparePriceBooksResponse> observer) {
      String price = "{ meter: '%s' service_tier: 'standard' price_per_million { value: '%s' } }";
      send(
          observer,
          answer(
                  request,
                  """
                  changes {
                    kind: ROW_CHANGE_KIND_CHANGED provider: 'anthropic' model: 'a'
                    before %s before %s after %s after %s
                  }
                  """
                      .formatted(
                          price.formatted("input", "1"),
                          price.formatted("output", "2"),
                          price.formatted("input", "1"),
                          price.formatted("output", "3")),
                  ComparePriceBooksResponse.newBuilder())
              .build());
    }

    @Override
    public void setNegotiatedRate(
        SetNegotiatedRateRequest request, StreamObserver<SetNegotiatedRateResponse> observer) {
      send(
          observer,
          answer(request, "book { book_id: 'list/2' }", SetNegotiatedRateResponse.newBuilder())
              .build());
    }

    @Override
    public void previewReprice(
        PreviewRepriceRequest request, StreamObserver<PreviewRepriceResponse> observer) {
      String sums =
          """
          unit_count: 3 changed_count: 2
          list_before { currency_code: 'USD' units: 30 }
          list_after { currency_code: 'USD' units: 24 nanos: 5000000 }
          employer_before { currency_code: 'USD' units: 15 }
          employer_after { currency_code: 'USD' units: 12 }
          """;
      send(
          observer,
          answer(
                  request,
                  """
                  total { %s } engineers { engineer: 'ada' sums { %s } }
                  engineer_count: 3 model_count: 2 no_longer_priced_count: 1
                  """
                      .formatted(sums, sums),
                  PreviewRepriceResponse.newBuilder())
              .build());
    }

    @Override
    public void repriceUsage(
        RepriceUsageRequest request, StreamObserver<RepriceUsageResponse> observer) {
      send(
          observer,
          answer(
                  request,
                  REPRICING.formatted("REPRICING_STATE_APPLYING", ""),
                  RepriceUsageResponse.newBuilder())
              .build());
    }

    @Override
    public void getRepricing(
        GetRepricingRequest request, StreamObserver<GetRepricingResponse> observer) {
      send(
          observer,
          answer(
                  request,
                  REPRICING.formatted(
                      "REPRICING_STATE_APPLIED",
                      """
                      changed_count: 2
                      list_change { currency_code: 'USD' units: -5 nanos: -995000000 }
                      employer_change { currency_code: 'USD' units: -3 }
                      """),
                  GetRepricingResponse.newBuilder())
              .build());
    }
  }
}
