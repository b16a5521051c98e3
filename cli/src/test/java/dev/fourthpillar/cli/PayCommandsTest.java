package dev.fourthpillar.cli;

import static dev.fourthpillar.cli.ProtoText.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.fourthpillar.cli.suite.StandInSuite;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.comp.v1.CompareOffersRequest;
import dev.fourthpillar.comp.v1.CompareOffersResponse;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.GetLeaverStatementRequest;
import dev.fourthpillar.comp.v1.GetLeaverStatementResponse;
import dev.fourthpillar.comp.v1.ImportPeopleRequest;
import dev.fourthpillar.comp.v1.ImportPeopleResponse;
import dev.fourthpillar.comp.v1.ImportedPerson;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import dev.fourthpillar.comp.v1.Refusal;
import dev.fourthpillar.comp.v1.RefusedField;
import dev.fourthpillar.type.v1.ErrorReason;
import io.grpc.protobuf.StatusProto;
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

/**
 * What people are told of a service's answers and refusals; the service is a stand-in on a port.
 */
final class PayCommandsTest {
  private final Terminal terminal = new Terminal();
  private final List<Message> requests = new CopyOnWriteArrayList<>();

  @TempDir private Path data;

  private StandInSuite suite;

  @BeforeEach
  void listen() throws IOException {
    suite = StandInSuite.start(data, SuitePort.COMP, new People(), new Compensation());
  }

  @AfterEach
  void close() {
    suite.close();
  }

  @Test
  void twoOffersAreATable() throws IOException {
    Path first = Files.writeString(data.resolve("cash.yaml"), offer("300,000"));
    Path second = Files.writeString(data.resolve("tokens.yaml"), offer("250,000"));

    assertThat(
            fp(
                "compare",
                first.toString(),
                second.toString(),
                "--on",
                "2026-02-01",
                "--rate",
                "USD/SEK=10.50@2026-01-31"))
        .isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            average year, in USD   cash.yaml  tokens.yaml  difference
            ────────────────────  ──────────  ───────────  ──────────
            base                  300,000.00   250,000.00
            CLASSIC_TC            300,000.00   250,000.00  -50,000.00
            tokens, FACE                0.00            –           –
            next-offer anchor     300,000.00   250,000.00  -50,000.00

            There is no break-even: an uncapped budget has no face value.
            Nothing in it is legal advice.
            """);
    var sent = (CompareOffersRequest) requests.getFirst();
    assertThat(sent.getFirst().getBase().getAmount().getUnits()).isEqualTo(300_000);
    assertThat(sent.getSecond().getBase().getAmount().getUnits()).isEqualTo(250_000);
    assertThat(sent.getAsOfDate().getMonth()).isEqualTo(2);
    assertThat(sent.getRates(0).getRate().getValue()).isEqualTo("10.50");
    assertThat(sent.getRates(0).getDate().getDay()).isEqualTo(31);
  }

  private static String offer(String base) {
    return "start_date: 2026-01-01\nbase: { amount: '%s USD' }\n".formatted(base);
  }

  @Test
  void aRefusalIsTheSentenceTheReasonAndTheFields() {
    assertThat(fp("leaver", "ada", "--on", "2024-12-31", "--currency", "usd")).isEqualTo(3);

    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .isEqualToNormalizingNewlines(
            """
            fp: refused: 1 field is wrong (INVALID_FIELDS)
                currency_code: usd (expected: ISO 4217)
            """);
    assertThat(requests)
        .hasOnlyElementsOfType(GetLeaverStatementRequest.class)
        .extracting(request -> ((GetLeaverStatementRequest) request).getLastDay().getYear())
        .containsExactly(2024);
  }

  @Test
  void peopleAreRecordedAndWhoIsRefusedStopsNobody() throws IOException {
    var csv = new StringBuilder("engineer,country,time_zone,currency_code,start_date\n");
    for (int i = 1; i <= 450; i++) {
      var engineer = i == 7 ? "Wrong" : i == 420 ? "taken" : "e" + i;
      csv.append(engineer).append(",SE,Europe/Stockholm,SEK,2026-01-01\n");
    }
    Path file = Files.writeString(data.resolve("people.csv"), csv);

    assertThat(fp("people", "import", file.toString())).isEqualTo(3);

    assertThat(terminal.out()).isEqualToNormalizingNewlines("448 people recorded, 2 refused\n");
    // 200, the same without the wrong one, 200 and 50.
    assertThat(requests)
        .extracting(request -> ((ImportPeopleRequest) request).getEngineersCount())
        .containsExactly(200, 199, 200, 50);
    assertThat(requests)
        .extracting(request -> ((ImportPeopleRequest) request).getRequestId())
        .doesNotHaveDuplicates();
    assertThat(terminal.err())
        .isEqualToNormalizingNewlines(
            """
            200 of 450 people
            400 of 450 people
            450 of 450 people
            row 7, Wrong: refused: 1 field is invalid (INVALID_FIELDS)
                engineer.engineer: Wrong (expected: small letters)
            row 420, taken: refused: 1 field is invalid: engineer.identities (INVALID_FIELDS)
                engineer.identities: another engineer's
            """);
  }

  @Test
  void anImportThatGetsNoAnswerSaysHowFarItCame() throws IOException {
    var csv = new StringBuilder("engineer,country,time_zone,currency_code,start_date\n");
    for (int i = 1; i <= 250; i++) {
      csv.append(i == 250 ? "silent" : "e" + i).append(",SE,Europe/Stockholm,SEK,2026-01-01\n");
    }
    Path file = Files.writeString(data.resolve("people.csv"), csv);

    assertThat(fp("people", "import", file.toString())).isEqualTo(1);

    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err()).contains("200 of 250 people").contains("does not answer");
    // Three attempts, with one id: whatever was recorded by then is recorded once.
    assertThat(requests).hasSize(4);
    assertThat(requests.subList(1, 4)).containsOnly(requests.get(1));
  }

  @Test
  void withoutASuiteItIsSaidHowToStartOne() throws IOException {
    Files.delete(data.resolve("addresses.properties"));

    assertThat(fp("statement", "ada")).isEqualTo(1);
    assertThat(terminal.err()).contains("no suite runs on").contains("./fp up");
  }

  @Test
  void aSuiteThatWentAwayIsNoRefusal() {
    suite.stopService();

    assertThat(fp("statement", "ada")).isEqualTo(1);
    assertThat(terminal.err()).contains("the service does not answer");
  }

  @Test
  void whatIsTypedWrongIsRefusedBeforeAnybodyIsAsked() {
    assertThat(fp("leaver", "ada", "--on", "31.12.2026")).isEqualTo(2);
    assertThat(terminal.err()).contains("expected: a day, for example 2026-01-01");
    assertThat(fp("compare", "a.yaml", "b.yaml", "--rate", "USD/SEK=10")).isEqualTo(2);
    assertThat(terminal.err()).contains("expected: for example USD/SEK=10.50@2026-01-01");
    assertThat(fp("people")).isEqualTo(2);
    assertThat(fp("compare", data.resolve("a.yaml").toString(), "b.yaml")).isEqualTo(1);
    assertThat(terminal.err()).contains("a.yaml: cannot be read");
    assertThat(requests).isEmpty();
  }

  private int fp(String... arguments) {
    boolean inside = arguments[0].equals("people") && arguments.length == 1;
    var all = new ArrayList<>(List.of(arguments));
    if (!inside) {
      all.addAll(List.of("--data", data.toString()));
    }
    return terminal.fp(all.toArray(String[]::new));
  }

  private static RuntimeException invalid(String field, String description) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.INVALID_ARGUMENT_VALUE)
            .setMessage("1 field is wrong")
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("INVALID_FIELDS").build()))
            .addDetails(
                Any.pack(
                    BadRequest.newBuilder()
                        .addFieldViolations(
                            BadRequest.FieldViolation.newBuilder()
                                .setField(field)
                                .setDescription(description))
                        .build()))
            .build());
  }

  private final class People extends PeopleServiceGrpc.PeopleServiceImplBase {
    @Override
    public void importPeople(
        ImportPeopleRequest request, StreamObserver<ImportPeopleResponse> observer) {
      requests.add(request);
      var answer = ImportPeopleResponse.newBuilder();
      for (int i = 0; i < request.getEngineersCount(); i++) {
        var person = ImportedPerson.newBuilder().setEngineer(request.getEngineers(i).getEngineer());
        switch (person.getEngineer()) {
          case "Wrong" -> {
            observer.onError(
                invalid("engineers[" + i + "].engineer", "Wrong (expected: small letters)"));
            return;
          }
          case "silent" -> {
            observer.onError(io.grpc.Status.UNAVAILABLE.asRuntimeException());
            return;
          }
          case "taken" ->
              person.setRefusal(
                  Refusal.newBuilder()
                      .setReason(ErrorReason.ERROR_REASON_INVALID_FIELDS)
                      .setMessage("1 field is invalid: engineer.identities")
                      .addFields(
                          RefusedField.newBuilder()
                              .setField("engineer.identities")
                              .setDescription("another engineer's")));
          default -> person.setEtag("1");
        }
        answer.addPeople(person);
      }
      observer.onNext(answer.build());
      observer.onCompleted();
    }
  }

  private final class Compensation extends CompensationServiceGrpc.CompensationServiceImplBase {
    @Override
    public void compareOffers(
        CompareOffersRequest request, StreamObserver<CompareOffersResponse> observer) {
      requests.add(request);
      observer.onNext(
          parsed(
                  """
              first {
                currency_code: 'USD'
                annualised {
                  base { amount { currency_code: 'USD' units: 300000 } }
                  classic_tc { amount { currency_code: 'USD' units: 300000 } }
                  tokens_at_face { line { amount { currency_code: 'USD' } } }
                }
                metrics {
                  next_offer_anchor { amount { currency_code: 'USD' units: 300000 } }
                }
              }
              second {
                currency_code: 'USD'
                annualised {
                  base { amount { currency_code: 'USD' units: 250000 } }
                  classic_tc { amount { currency_code: 'USD' units: 250000 } }
                  tokens_at_face { absent_reason: 'an uncapped budget has no face value' }
                }
                metrics {
                  next_offer_anchor { amount { currency_code: 'USD' units: 250000 } }
                }
              }
              classic_tc_difference { currency_code: 'USD' units: -50000 }
              next_offer_anchor_difference { currency_code: 'USD' units: -50000 }
              break_even { absent_reason: 'an uncapped budget has no face value' }
              """,
                  CompareOffersResponse.newBuilder())
              .build());
      observer.onCompleted();
    }

    @Override
    public void getLeaverStatement(
        GetLeaverStatementRequest request, StreamObserver<GetLeaverStatementResponse> observer) {
      requests.add(request);
      observer.onError(invalid("currency_code", "usd (expected: ISO 4217)"));
    }
  }
}
