package dev.fourthpillar.sample;

import static dev.fourthpillar.sample.Puts.dollars;
import static dev.fourthpillar.sample.Puts.get;
import static dev.fourthpillar.sample.Puts.list;
import static dev.fourthpillar.sample.Puts.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.type.Money;
import dev.fourthpillar.sample.v1.EchoRequest;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.sample.v1.PutInPocketRequest;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong, the caller gets a typed failure that says what. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
final class RefusalsTest {
  private static final int MAX_BYTES = 4096;
  private static final MethodDescriptor<byte[], byte[]> RAW_PUT =
      raw(PocketServiceGrpc.getPutInPocketMethod());

  private static SampleServer server;

  @BeforeAll
  static void start(TestDatabase database) {
    server = SampleServer.start(database, Map.of("fourthpillar.edge.max-message-bytes", MAX_BYTES));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyInvalidFieldIsNamedAtOnce() {
    PutInPocketRequest request =
        PutInPocketRequest.newBuilder()
            .setEngineer("Ada Lovelace")
            .setPocket("-")
            .setAmount(Money.newBuilder().setCurrencyCode("dollars").setUnits(-1).setNanos(5))
            .setMemo("m".repeat(201))
            .build();

    Refusal refusal = Refusal.of(() -> server.pockets(server.finance()).putInPocket(request));

    assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusal.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(refusal.violatedFields())
        .isEqualTo(
            "amount, amount.currency_code, amount.nanos, engineer, memo, pocket, request_id");
    assertThat(refusal.metadata()).isEqualTo(Map.of("violations", "7"));
    assertThat(refusal.violations())
        .allSatisfy(
            violation -> {
              assertThat(violation.getDescription()).isNotBlank();
              assertThat(violation.getReason()).isNotBlank();
            })
        .extracting(FieldViolation::getReason)
        .containsExactlyInAnyOrder(
            "string.min_len",
            "string.pattern",
            "string.pattern",
            "money.positive",
            "string.max_len",
            "iso4217",
            "money.same_sign");
  }

  @Test
  void aMissingAmountIsNamed() {
    Refusal refusal =
        Refusal.of(
            () ->
                server
                    .pockets(server.finance())
                    .putInPocket(put("r1", "ada", "holiday", 1).toBuilder().clearAmount().build()));

    assertThat(refusal.violatedFields()).isEqualTo("amount");
  }

  @Test
  void textThatNoDatabaseHoldsIsTheCallersFault() {
    var finance = server.pockets(server.finance());

    Refusal inARead = Refusal.of(() -> finance.getPocket(get("a\0b", "holiday")));
    Refusal inAWrite =
        Refusal.of(
            () ->
                finance.putInPocket(
                    put("a\0b", "ada", "holiday", 1).toBuilder().setMemo("\0").build()));

    assertThat(inARead.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(inARead.violatedFields()).isEqualTo("engineer");
    assertThat(inAWrite.violatedFields()).isEqualTo("memo, request_id");
  }

  @Test
  void anAmountBeyondTheRangeIsTyped() {
    Refusal refusal =
        Refusal.of(
            () ->
                server
                    .pockets(server.finance())
                    .putInPocket(put("r1", "ada", "holiday", 9_300_000_000L)));

    assertThat(refusal.code()).isEqualTo(Code.OUT_OF_RANGE);
    assertThat(refusal.reason()).isEqualTo("AMOUNT_OUT_OF_RANGE");
    assertThat(refusal.metadata()).containsEntry("field", "amount");
  }

  @Test
  void whatIsNotThereIsNamed() {
    Refusal refusal =
        Refusal.of(() -> server.pockets(server.finance()).getPocket(get("ada", "none")));

    assertThat(refusal.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(refusal.metadata())
        .isEqualTo(Map.of("resource_type", "pocket", "resource", "ada/none"));
  }

  @Test
  void anUnknownMethodOrServiceIsTyped() {
    for (String name :
        new String[] {"fourthpillar.sample.v1.PocketService/Nope", "no.Such/Thing"}) {
      Refusal refusal =
          Refusal.of(
              () ->
                  call(
                      server.channel(),
                      RAW_PUT.toBuilder().setFullMethodName(name).build(),
                      new byte[0]));

      assertThat(refusal.code()).isEqualTo(Code.UNIMPLEMENTED);
      assertThat(refusal.reason()).isEqualTo("METHOD_UNKNOWN");
      assertThat(refusal.message()).isEqualTo("method not found: " + name);
    }
  }

  @Test
  void bytesThatAreNoMessageAreTyped() {
    for (byte[] bytes : new byte[][] {{(byte) 0xff}, {10, 5, 1}, {10, 1, (byte) 0xff}}) {
      Refusal refusal = Refusal.of(() -> call(server.channel(), RAW_PUT, bytes));

      assertThat(refusal.code()).isEqualTo(Code.UNIMPLEMENTED);
      assertThat(refusal.reason()).isEqualTo("METHOD_UNKNOWN");
      assertThat(refusal.message()).contains("no message of the type");
    }
  }

  @Test
  void aRequestAboveTheLimitIsTyped() {
    Refusal refusal = Refusal.of(() -> server.echo(server.finance()).echo(echo(MAX_BYTES + 1)));

    assertThat(refusal.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refusal.reason()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(refusal.metadata())
        .containsEntry("limit", "message_bytes")
        .containsEntry("max", Integer.toString(MAX_BYTES))
        .containsEntry("actual", Integer.toString(echo(MAX_BYTES + 1).getSerializedSize()));
  }

  @Test
  void compressionDoesNotHideASize() {
    for (int bytes : new int[] {MAX_BYTES + 1, 100 * MAX_BYTES}) {
      Refusal refusal =
          Refusal.of(() -> server.echo(server.finance()).withCompression("gzip").echo(echo(bytes)));

      assertThat(refusal.reason()).as(bytes + " bytes").isEqualTo("LIMIT_EXCEEDED");
      assertThat(refusal.metadata()).containsEntry("limit", "message_bytes");
    }
  }

  @Test
  void anAnswerAboveTheLimitSaysWhatToDo() {
    for (int i = 0; i < 120; i++) {
      var _ = server.pockets(server.finance()).putInPocket(put("l" + i, "lin", "p" + (100 + i), 1));
    }

    Refusal refusal =
        Refusal.of(() -> server.pockets(server.finance()).listPockets(list("lin", 120, "")));

    assertThat(refusal.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refusal.reason()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(refusal.message()).contains("ask for a smaller page");
    assertThat(refusal.metadata()).containsEntry("limit", "answer_bytes");
    assertThat(server.pockets(server.finance()).listPockets(list("lin", 10, "")).getPocketsList())
        .hasSize(10);
  }

  @Test
  void aDefectTellsNothing() {
    server.database().useHandle(handle -> handle.execute("alter table pocket rename to hidden"));
    try {
      Refusal refusal =
          Refusal.of(() -> server.pockets(server.finance()).getPocket(get("ada", "holiday")));

      assertThat(refusal.code()).isEqualTo(Code.INTERNAL);
      assertThat(refusal.reason()).isEqualTo("INTERNAL");
      assertThat(refusal.message()).isEqualTo("internal error");
      assertThat(refusal.metadata()).containsOnlyKeys("trace_id");
    } finally {
      server.database().useHandle(handle -> handle.execute("alter table hidden rename to pocket"));
    }
  }

  @Test
  void aRefusalLeavesTheConnectionInUse() {
    var finance = server.pockets(server.finance());
    for (int i = 0; i < 50; i++) {
      var _ = Refusal.of(() -> finance.getPocket(get("ada", "none")));
    }

    assertThat(finance.putInPocket(put("fine", "eve", "holiday", 3)).getPocket().getBalance())
        .isEqualTo(dollars(3));
  }

  private static EchoRequest echo(int bytes) {
    return EchoRequest.newBuilder().setPayload(ByteString.copyFrom(new byte[bytes])).build();
  }

  private static byte[] call(
      ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, byte[] request) {
    return ClientCalls.blockingUnaryCall(
        channel, method, CallOptions.DEFAULT.withCallCredentials(server.finance()), request);
  }

  /** The method for a client that sends whatever bytes it likes. */
  private static MethodDescriptor<byte[], byte[]> raw(MethodDescriptor<?, ?> method) {
    return method.toBuilder(new Bytes(), new Bytes()).build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new AssertionError("an answer (expected: a refusal)");
    }
  }
}
