package dev.fourthpillar.cli;

import static dev.fourthpillar.cli.ProtoText.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.ExplainBalanceRequest;
import dev.fourthpillar.budget.v1.ExplainBalanceResponse;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetBalanceResponse;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.ListEntriesResponse;
import dev.fourthpillar.budget.v1.ProofPart;
import dev.fourthpillar.budget.v1.ProveEntryRequest;
import dev.fourthpillar.budget.v1.ProveEntryResponse;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReleaseResponse;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.ReserveResponse;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.budget.v1.SettleResponse;
import dev.fourthpillar.cli.suite.StandInSuite;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.HashedEntry;
import dev.fourthpillar.proof.Keys;
import dev.fourthpillar.proof.MerkleTree;
import dev.fourthpillar.proof.ProofMapper;
import dev.fourthpillar.proof.Signer;
import dev.fourthpillar.proof.Statement;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people are told of budgets; the service is a stand-in on a port, and verifying asks none.
 */
final class BudgetCommandsTest {
  private final Terminal terminal = new Terminal();
  private final List<Message> requests = new CopyOnWriteArrayList<>();

  @TempDir private Path data;

  private StandInSuite suite;

  @BeforeEach
  void listen() throws IOException {
    suite = StandInSuite.start(data, SuitePort.BUDGET, new Balances(), new Enforcement());
  }

  @AfterEach
  void close() {
    suite.close();
  }

  @Test
  void aBalanceIsASumThatCanBeAddedUp() {
    assertThat(fp("balance", "ada", "--as-of", "2026-03-02T12:00:00Z")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            engineers/ada/USD as of 2026-03-02T12:00:00Z, entry 7

                          USD
            ─────────  ──────
            granted    100.00
            – reduced    0.00
            – settled   12.50
            – expired    0.00
            – held       4.00
            available   83.50
            Beside it: 1.25 USD charged beyond the budget, the employer's.

            lot                     granted  held  settled  available  until
            ──────────────────────  ───────  ────  ───────  ─────────  ────────────────────
            default/ada/2026-01-01   100.00  4.00    12.50      83.50  2027-01-01T00:00:00Z
            """);
    assertThat(((GetBalanceRequest) requests.getFirst()).getAsOf().getSeconds())
        .isEqualTo(Instant.parse("2026-03-02T12:00:00Z").getEpochSecond());
  }

  @Test
  void anExplanationHasTheEntriesAndWhatWaits() {
    assertThat(fp("balance", "ada", "--explain")).isZero();

    assertThat(terminal.out())
        .contains("engineers/ada/USD as of", "The latest entries:", "SETTLE", "usage/ada/1 (LATE)")
        .contains("Waits to be booked, 1 of 3:", "FX_RATE_MISSING", "0.75 USD");
    assertThat(requests).hasOnlyElementsOfType(ExplainBalanceRequest.class);
    assertThat(fp("balance", "ada", "--explain", "--as-of", "2026-03-02T12:00:00Z")).isEqualTo(2);
  }

  @Test
  void entriesAreATableThatSaysHowItGoesOn() {
    assertThat(fp("entries", "ada", "USD", "--limit", "1")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            entry  what    to        from        amount  balance  counts from           cause
            ─────  ──────  ────────  ───────  ─────────  ───────  ────────────────────  ──────────────────
                7  SETTLE  CONSUMED  BALANCE  12.50 USD    87.50  2026-03-02T11:00:00Z  usage/ada/1 (LATE)
            older ones: --page-token next
            """);
    var sent = (ListEntriesRequest) requests.getFirst();
    assertThat(sent.getPageSize()).isEqualTo(1);
    assertThat(sent.getCurrencyCode()).isEqualTo("USD");
  }

  @Test
  void aCallIsReservedAndSettledOrReleasedByHand() {
    assertThat(fp("reserve", "ada", "h1", "4.00 USD", "--ttl", "90s", "--release-on-expiry"))
        .isZero();
    assertThat(fp("settle", "ada", "h1", "2.50 USD")).isZero();
    assertThat(fp("release", "ada", "h1")).isZero();

    assertThat(terminal.out())
        .isEqualTo(
            """
            h1: 4.00 USD held of engineers/ada/USD until 2026-03-02T12:01:30Z
            h1: SETTLED, 2.50 USD booked to engineers/ada/USD
            h1: RELEASED, nothing is held of engineers/ada/USD
            """);
    var sent = (ReserveRequest) requests.getFirst();
    assertThat(sent.getTtl().getSeconds()).isEqualTo(90);
    assertThat(sent.getOnExpiry().name()).isEqualTo("ON_EXPIRY_RELEASE");
  }

  @Test
  void aRefusalSaysWhy() {
    assertThat(fp("reserve", "ada", "h2", "400.00 USD")).isEqualTo(3);
    assertThat(terminal.err())
        .isEqualToNormalizingNewlines(
            "fp: refused: 83.50 USD available, 400.00 USD requested (BUDGET_INSUFFICIENT)\n");
    assertThat(fp("settle", "ada", "h2", "lots")).isEqualTo(2);
    assertThat(terminal.err()).contains("'lots' (expected: an amount and a currency");
  }

  @Test
  void aProofIsWrittenAndVerifiedWithoutTheService() throws IOException {
    Path key = data.resolve("ledger-key.pem");
    Signer.create(key);
    Path trusted = data.resolve("trusted.pem");
    Files.writeString(trusted, Keys.pem(Signer.read(key).publicKey()));
    Path proof = data.resolve("proof.jsonl");

    assertThat(fp("prove", "ada", "USD", "1", proof.toString())).isZero();
    suite.stopService();
    assertThat(verify(proof, trusted)).isZero();

    assertThat(terminal.out())
        .endsWith(
            """
            proven: entry 1 of engineers/ada/USD
                GRANT of 100 USD from GRANTED to BALANCE, cause default/ada/2026-01-01, recorded 2026-03-01T00:00:00Z
                is in the ledger of 2026-03-01 (checkpoint 4, 1 accounts), signed with key %s
            """
                .formatted(Signer.read(key).keyId()));

    Path altered = data.resolve("altered.jsonl");
    Files.writeString(altered, Files.readString(proof).replace("default/ada", "default/eve"));
    assertThat(verify(altered, trusted)).isEqualTo(3);
    assertThat(terminal.err()).contains("altered.jsonl proves nothing (CHAIN): entry 1");

    Path other = data.resolve("other.pem");
    Signer.create(other);
    assertThat(verify(proof, other)).isEqualTo(3);
    assertThat(terminal.err()).contains("proves nothing (KEY)");
    assertThat(verify(proof, proof)).isEqualTo(1);
    assertThat(terminal.err()).contains("no Ed25519 public key");
    assertThat(verify(data.resolve("none.jsonl"), trusted)).isEqualTo(1);
    assertThat(terminal.err()).contains("none.jsonl: cannot be read");
  }

  @Test
  void whatCannotBeProvenYetLeavesNoFile() {
    Path proof = data.resolve("proof.jsonl");

    assertThat(fp("prove", "ada", "USD", "9", proof.toString())).isEqualTo(3);
    assertThat(terminal.err()).contains("no checkpoint covers entry 9", "(NOT_RECORDED)");
    assertThat(proof).doesNotExist();
  }

  private int verify(Path proof, Path key) {
    return execute(List.of("verify", proof.toString(), "--key", key.toString()));
  }

  private int fp(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return execute(all);
  }

  private int execute(List<String> arguments) {
    return terminal.fp(arguments.toArray(String[]::new));
  }

  private static RuntimeException refused(String reason, String message) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(Code.FAILED_PRECONDITION_VALUE)
            .setMessage(message)
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
            .build());
  }

  private static final String BALANCE =
      """
      account: 'engineers/ada/USD' currency_code: 'USD' entry: 7
      granted { currency_code: 'USD' units: 100 }
      reduced { currency_code: 'USD' }
      settled { currency_code: 'USD' units: 12 nanos: 500000000 }
      expired { currency_code: 'USD' }
      held { currency_code: 'USD' units: 4 }
      available { currency_code: 'USD' units: 83 nanos: 500000000 }
      overage { currency_code: 'USD' units: 1 nanos: 250000000 }
      uncapped { currency_code: 'USD' }
      as_of { seconds: 1772452800 }
      lots {
        lot: 'default/ada/2026-01-01'
        granted { currency_code: 'USD' units: 100 }
        held { currency_code: 'USD' units: 4 }
        settled { currency_code: 'USD' units: 12 nanos: 500000000 }
        expired { currency_code: 'USD' }
        available { currency_code: 'USD' units: 83 nanos: 500000000 }
        expire_time { seconds: 1798761600 }
      }
      """;

  private static final String ENTRY =
      """
      number: 7 kind: ENTRY_KIND_SETTLE debit: BOOK_CONSUMED credit: BOOK_BALANCE
      amount { currency_code: 'USD' units: 12 nanos: 500000000 }
      balance { currency_code: 'USD' units: 87 nanos: 500000000 }
      cause_id: 'usage/ada/1' cause_detail: 'LATE'
      effective_time { seconds: 1772449200 }
      """;

  private final class Balances extends BalanceServiceGrpc.BalanceServiceImplBase {
    @Override
    public void getBalance(GetBalanceRequest request, StreamObserver<GetBalanceResponse> observer) {
      answer(
          request,
          observer,
          parsed("balances {" + BALANCE + "}", GetBalanceResponse.newBuilder()).build());
    }

    @Override
    public void explainBalance(
        ExplainBalanceRequest request, StreamObserver<ExplainBalanceResponse> observer) {
      answer(
          request,
          observer,
          parsed(
                  """
                  accounts { balance { %s } entries { %s } }
                  pending_lines {
                    number: 2 cause: PENDING_CAUSE_FX_RATE_MISSING
                    list_amount { currency_code: 'USD' nanos: 750000000 }
                  }
                  pending_line_count: 3
                  """
                      .formatted(BALANCE, ENTRY),
                  ExplainBalanceResponse.newBuilder())
              .build());
    }

    @Override
    public void listEntries(
        ListEntriesRequest request, StreamObserver<ListEntriesResponse> observer) {
      answer(
          request,
          observer,
          parsed(
                  "entries { %s } next_page_token: 'next'".formatted(ENTRY),
                  ListEntriesResponse.newBuilder())
              .build());
    }

    @Override
    public void proveEntry(ProveEntryRequest request, StreamObserver<ProveEntryResponse> observer) {
      if (request.getEntry() == 9) {
        observer.onError(refused("NOT_RECORDED", "no checkpoint covers entry 9 yet"));
        return;
      }
      proof()
          .forEach(part -> observer.onNext(ProveEntryResponse.newBuilder().setPart(part).build()));
      observer.onCompleted();
    }
  }

  /** Entry 1 of the one account there is, signed with the suite's key. */
  private List<ProofPart> proof() {
    BigInteger hundred = BigInteger.valueOf(100_000_000_000L);
    HashedEntry entry =
        new HashedEntry(
            "engineers/ada/USD",
            1,
            "GRANT",
            "BALANCE",
            "GRANTED",
            hundred,
            "SCHEDULE",
            "default/ada/2026-01-01",
            "",
            List.of(),
            List.of(
                hundred,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO),
            Instant.parse("2026-03-01T00:00:00Z"),
            Instant.parse("2026-03-01T00:00:00Z"));
    Hash hash = entry.hashAfter(Hash.ZERO);
    Signer signer = signer();
    Statement statement =
        new Statement(
            signer.keyId(),
            4,
            LocalDate.parse("2026-03-01"),
            1,
            Hash.ZERO,
            MerkleTree.root(List.of(Statement.leaf("engineers/ada/USD", 1, hash))));
    ProofPart.Builder begin = ProofPart.newBuilder();
    begin
        .getBeginBuilder()
        .setAccount("engineers/ada/USD")
        .setEntry(1)
        .setPreviousHash(ByteString.copyFrom(Hash.ZERO.bytes()));
    ProofPart.Builder entries =
        parsed(
            """
            entries { entries {
              cause_type: CAUSE_TYPE_SCHEDULE
              entry {
                number: 1 kind: ENTRY_KIND_GRANT debit: BOOK_BALANCE credit: BOOK_GRANTED
                amount { currency_code: 'USD' units: 100 }
                balance { currency_code: 'USD' units: 100 }
                cause_id: 'default/ada/2026-01-01'
                effective_time { seconds: 1772323200 }
                record_time { seconds: 1772323200 }
              }
              totals {
                granted { currency_code: 'USD' units: 100 }
                reduced { currency_code: 'USD' }
                settled { currency_code: 'USD' }
                expired { currency_code: 'USD' }
                balance { currency_code: 'USD' units: 100 }
                overage { currency_code: 'USD' }
                uncapped { currency_code: 'USD' }
              }
            } }
            """,
            ProofPart.newBuilder());
    entries
        .getEntriesBuilder()
        .getEntriesBuilder(0)
        .getEntryBuilder()
        .setChainHash(ByteString.copyFrom(hash.bytes()));
    ProofPart.Builder end = ProofPart.newBuilder();
    end.getEndBuilder().setCheckpoint(ProofMapper.toProto(statement, signer.sign(statement)));
    return List.of(begin.build(), entries.build(), end.build());
  }

  private Signer signer() {
    try {
      return Signer.read(data.resolve("ledger-key.pem"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Enforcement extends EnforcementServiceGrpc.EnforcementServiceImplBase {
    @Override
    public void reserve(ReserveRequest request, StreamObserver<ReserveResponse> observer) {
      if (request.getAmount().getUnits() == 400) {
        observer.onError(
            refused("BUDGET_INSUFFICIENT", "83.50 USD available, 400.00 USD requested"));
        return;
      }
      answer(
          request,
          observer,
          parsed(
                  """
                  hold {
                    hold_id: 'h1' account: 'engineers/ada/USD'
                    held_amount { currency_code: 'USD' units: 4 }
                    expire_time { seconds: 1772452890 }
                  }
                  """,
                  ReserveResponse.newBuilder())
              .build());
    }

    @Override
    public void settle(SettleRequest request, StreamObserver<SettleResponse> observer) {
      answer(
          request,
          observer,
          parsed(
                  """
                  hold { hold_id: 'h1' account: 'engineers/ada/USD' state: HOLD_STATE_SETTLED }
                  booked_amount { currency_code: 'USD' units: 2 nanos: 500000000 }
                  """,
                  SettleResponse.newBuilder())
              .build());
    }

    @Override
    public void release(ReleaseRequest request, StreamObserver<ReleaseResponse> observer) {
      answer(
          request,
          observer,
          parsed(
                  "hold { hold_id: 'h1' account: 'engineers/ada/USD' state: HOLD_STATE_RELEASED }",
                  ReleaseResponse.newBuilder())
              .build());
    }
  }

  private <T extends Message> void answer(Message request, StreamObserver<T> observer, T answer) {
    requests.add(request);
    observer.onNext(answer);
    observer.onCompleted();
  }
}
