package dev.fourthpillar.sample;

import static dev.fourthpillar.sample.Puts.dollars;
import static dev.fourthpillar.sample.Puts.get;
import static dev.fourthpillar.sample.Puts.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.sample.v1.PutInPocketRequest;
import dev.fourthpillar.sample.v1.PutInPocketResponse;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A put happens once, however often it is sent. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
final class OnceTest {
  private static final int CALLERS = 16;

  private static SampleServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server = SampleServer.start(database);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theSameRequestGetsTheFirstAnswerEvenWhenThePocketHasMovedOn() {
    PutInPocketResponse first = send(put("ada-1", "ada", "holiday", 5));
    PutInPocketResponse other = send(put("ada-2", "ada", "holiday", 7));

    assertThat(send(put("ada-1", "ada", "holiday", 5))).isEqualTo(first);
    assertThat(first.getPocket().getVersion()).isEqualTo(1);
    assertThat(other.getPocket().getVersion()).isEqualTo(2);
    assertThat(balance("ada")).isEqualTo(dollars(12));
  }

  @Test
  void theSameIdForSomethingElseIsRefusedByFieldAndNotByValue() {
    var _ = send(put("bea-1", "bea", "holiday", 5).toBuilder().setMemo("brunch").build());

    Refusal refusal =
        Refusal.of(
            () -> send(put("bea-1", "bea", "holiday", 6).toBuilder().setMemo("secret").build()));

    assertThat(refusal.code()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(refusal.reason()).isEqualTo("ID_REUSED");
    assertThat(refusal.metadata())
        .isEqualTo(Map.of("id", "bea-1", "different_fields", "amount.units, memo"));
    assertThat(refusal.toString()).doesNotContain("brunch", "secret");
    assertThat(balance("bea")).isEqualTo(dollars(5));
  }

  @Test
  void manyWhoSendTheSameHaveOneEffectAndOneAnswer() throws Exception {
    List<ListenableFuture<PutInPocketResponse>> calls =
        IntStream.range(0, CALLERS)
            .mapToObj(
                _ ->
                    PocketServiceGrpc.newFutureStub(server.channel())
                        .withCallCredentials(server.finance())
                        .putInPocket(put("cyd-1", "cyd", "holiday", 5)))
            .toList();

    List<PutInPocketResponse> answers = Futures.allAsList(calls).get(30, TimeUnit.SECONDS);

    assertThat(answers).hasSize(CALLERS).containsOnly(answers.getFirst());
    assertThat(answers.getFirst().getPocket().getVersion()).isEqualTo(1);
    assertThat(Traces.of(server.database(), "cyd")).isEqualTo(Traces.ONE);
  }

  @Test
  void aRefusalStaysARefusalWhenTheReasonIsGone() {
    var _ = send(put("dee-1", "dee", "holiday", 5));
    PutInPocketRequest crowns =
        put("dee-2", "dee", "holiday", 5).toBuilder()
            .setAmount(Money.newBuilder().setCurrencyCode("SEK").setUnits(50))
            .build();
    Refusal first = Refusal.of(() -> send(crowns));
    server
        .database()
        .useHandle(
            handle -> handle.execute("update pocket set currency = 'SEK' where engineer = 'dee'"));

    Refusal second = Refusal.of(() -> send(crowns));

    assertThat(first.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(first.reason()).isEqualTo("CURRENCY_MISMATCH");
    assertThat(first.metadata())
        .isEqualTo(Map.of("field", "amount.currency_code", "expected", "USD", "actual", "SEK"));
    assertThat(second).isEqualTo(first);
    assertThat(send(crowns.toBuilder().setRequestId("dee-3").build()).getPocket().getVersion())
        .as("a new request is decided by the state of now")
        .isEqualTo(2);
  }

  @Test
  void aFullPocketRefusesAndKeepsWhatItHas() {
    var _ = send(put("eli-1", "eli", "holiday", 9_000_000_000L));

    Refusal refusal = Refusal.of(() -> send(put("eli-2", "eli", "holiday", 1_000_000_000L)));

    assertThat(refusal.reason()).isEqualTo("AMOUNT_OUT_OF_RANGE");
    assertThat(balance("eli")).isEqualTo(dollars(9_000_000_000L));
    assertThat(Traces.of(server.database(), "eli")).isEqualTo(new Traces(1, 1, 2, 1));
  }

  @Test
  void anotherCallersIdIsAnotherRequest() {
    var tool = server.pockets(server.as("tool-a", Role.FINANCE));
    var other = server.pockets(server.as("tool-b", Role.SERVICE));

    assertThat(tool.putInPocket(put("fay-1", "fay", "holiday", 5)).getPocket().getVersion())
        .isEqualTo(1);
    assertThat(other.putInPocket(put("fay-1", "fay", "holiday", 5)).getPocket().getVersion())
        .isEqualTo(2);
  }

  @Test
  void anExpiredIdIsNewAgain() {
    var _ = send(put("gil-1", "gil", "holiday", 5));
    server
        .database()
        .useHandle(
            handle ->
                handle.execute(
                    "update frozen_outcome set expires_at = now() where request_id = 'gil-1'"));

    assertThat(send(put("gil-1", "gil", "holiday", 6)).getPocket().getVersion()).isEqualTo(2);
    assertThat(balance("gil")).isEqualTo(dollars(11));
  }

  @Test
  void aFailureThatIsNobodysDecisionIsNotKept() {
    server
        .database()
        .useHandle(handle -> handle.execute("alter table pocket_entry rename to hidden"));
    try {
      assertThat(Refusal.of(() -> send(put("hal-1", "hal", "holiday", 5))).reason())
          .isEqualTo("INTERNAL");
    } finally {
      server
          .database()
          .useHandle(handle -> handle.execute("alter table hidden rename to pocket_entry"));
    }
    assertThat(Traces.of(server.database(), "hal")).isEqualTo(Traces.NONE);

    assertThat(send(put("hal-1", "hal", "holiday", 5)).getPocket().getVersion()).isEqualTo(1);
    assertThat(Traces.of(server.database(), "hal")).isEqualTo(Traces.ONE);
  }

  private static PutInPocketResponse send(PutInPocketRequest request) {
    return server.pockets(server.finance()).putInPocket(request);
  }

  private static Money balance(String engineer) {
    return server
        .pockets(server.finance())
        .getPocket(get(engineer, "holiday"))
        .getPocket()
        .getBalance();
  }
}
