package dev.fourthpillar.budget.enforcement;

import static dev.fourthpillar.budget.BudgetWorld.money;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.ErrorInfo;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.CallReport;
import dev.fourthpillar.budget.v1.EnforceCommand;
import dev.fourthpillar.budget.v1.EnforceRequest;
import dev.fourthpillar.budget.v1.EnforceResponse;
import dev.fourthpillar.budget.v1.EnforceResult;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.ExtendHoldRequest;
import dev.fourthpillar.budget.v1.GetHoldRequest;
import dev.fourthpillar.budget.v1.HoldState;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commands in batches, over the wire. Two replicas share the database. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class EnforceStreamTest {
  private static BudgetWorld world;
  private static BudgetWorld other;

  @BeforeAll
  static void start(TestDatabase database) {
    Map<String, Object> settings = Map.of("fourthpillar.enforcement.sweep-interval", "10m");
    world = BudgetWorld.at(database, "2026-03-02T12:00:00Z", settings);
    other = BudgetWorld.at(database, "2026-03-02T12:00:00Z", settings);
  }

  @AfterAll
  static void stop() {
    other.close();
    world.close();
  }

  private static void funded(String engineer, long dollars) {
    world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(
        engineer, BudgetWorld.annual("a", "2026-01-01", "", "USD", Long.toString(dollars)));
    world.awaitAvailable(engineer, "USD", Long.toString(dollars));
  }

  private static EnforceCommand reserve(String engineer, String hold, String dollars) {
    return EnforceCommand.newBuilder()
        .setReserve(
            ReserveRequest.newBuilder()
                .setEngineer(engineer)
                .setHoldId(hold)
                .setAmount(money("USD", dollars)))
        .build();
  }

  private static EnforceCommand settle(String engineer, String hold, String dollars) {
    return EnforceCommand.newBuilder()
        .setSettle(
            SettleRequest.newBuilder()
                .setEngineer(engineer)
                .setHoldId(hold)
                .setActualAmount(money("USD", dollars)))
        .build();
  }

  private static BlockingClientCall<EnforceRequest, EnforceResponse> stream(BudgetWorld replica) {
    EnforcementServiceBlockingStub gateway = replica.gateway();
    return ClientCalls.blockingBidiStreamingCall(
        gateway.getChannel(), EnforcementServiceGrpc.getEnforceMethod(), gateway.getCallOptions());
  }

  /** One result for each command, however many responses they come in. */
  private static List<EnforceResult> send(
      BlockingClientCall<EnforceRequest, EnforceResponse> stream, EnforceCommand... commands)
      throws Exception {
    assertThat(
            stream.write(
                EnforceRequest.newBuilder().addAllCommands(List.of(commands)).build(),
                BudgetWorld.PATIENCE.toSeconds(),
                TimeUnit.SECONDS))
        .isTrue();
    List<EnforceResult> results = new ArrayList<>();
    while (results.size() < commands.length) {
      results.addAll(
          stream.read(BudgetWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS).getResultsList());
    }
    return results;
  }

  private static String reason(EnforceResult result) throws Exception {
    return result.getError().getDetails(0).unpack(ErrorInfo.class).getReason();
  }

  @Test
  void aBatchIsAnsweredInItsOrderAndWhatIsRefusedStopsNobody() throws Exception {
    funded("ann", 100);
    var stream = stream(world);

    List<EnforceResult> results =
        send(
            stream,
            reserve("ann", "a", "60"),
            reserve("ann", "b", "60"),
            settle("ann", "a", "25"),
            reserve("ann", "c", "60"),
            EnforceCommand.newBuilder()
                .setExtendHold(
                    ExtendHoldRequest.newBuilder().setEngineer("ann").setHoldId("c").addIds("x"))
                .build(),
            EnforceCommand.newBuilder()
                .setRelease(ReleaseRequest.newBuilder().setEngineer("ann").setHoldId("c"))
                .build());

    assertThat(results.get(0).getReserve().getHold().getHeldAmount()).isEqualTo(money("USD", "60"));
    // 100 − 60 held: not another 60.
    assertThat(reason(results.get(1))).isEqualTo("BUDGET_INSUFFICIENT");
    assertThat(results.get(2).getSettle().getBookedAmount()).isEqualTo(money("USD", "25"));
    // 100 − 25 settled: now there is.
    assertThat(results.get(3).getReserve().getHold().getHoldId()).isEqualTo("c");
    assertThat(results.get(4).getExtendHold().getHold().getIdsList()).containsExactly("x");
    assertThat(results.get(5).getRelease().getHold().getState())
        .isEqualTo(HoldState.HOLD_STATE_RELEASED);
    assertThat(world.available("ann", "USD")).isEqualTo("75");

    // The next batch of the same stream, and the same commands alone, find what it did.
    assertThat(send(stream, reserve("ann", "a", "60")).getFirst().hasReserve()).isTrue();
    assertThat(
            world
                .gateway()
                .getHold(GetHoldRequest.newBuilder().setEngineer("ann").setHoldId("a").build())
                .getHold()
                .getState())
        .isEqualTo(HoldState.HOLD_STATE_SETTLED);
    stream.halfClose();
    assertThat(stream.read(BudgetWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNull();
  }

  @Test
  void anInvalidCommandIsAnsweredWithItsErrorAndTheOthersAreDone() throws Exception {
    funded("bob", 100);
    var stream = stream(world);

    List<EnforceResult> results =
        send(
            stream,
            EnforceCommand.getDefaultInstance(),
            reserve("bob", "", "1"),
            reserve("bob", "nul\0", "1"),
            reserve("nobody", "a", "1"),
            reserve("bob", "a", "1"));

    assertThat(reason(results.get(0))).isEqualTo("INVALID_FIELDS");
    assertThat(results.get(0).getError().getMessage()).contains("command");
    assertThat(reason(results.get(1))).isEqualTo("INVALID_FIELDS");
    assertThat(results.get(1).getError().getMessage()).contains("hold_id");
    assertThat(reason(results.get(2))).isEqualTo("INVALID_FIELDS");
    assertThat(reason(results.get(3))).isEqualTo("NOT_FOUND");
    assertThat(results.get(4).hasReserve()).isTrue();
    assertThat(world.available("bob", "USD")).isEqualTo("99");
    stream.cancel("done", null);
  }

  @Test
  void aBatchOfNothingOrOfTooManyEndsTheStream() throws Exception {
    EnforceRequest tooMany =
        EnforceRequest.newBuilder()
            .addAllCommands(Collections.nCopies(1_001, reserve("bob", "x", "1")))
            .build();
    for (EnforceRequest wrong : List.of(EnforceRequest.getDefaultInstance(), tooMany)) {
      var stream = stream(world);
      stream.write(wrong);
      assertThatThrownBy(() -> stream.read(BudgetWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              StatusException.class,
              // The client tells no trailers here; what is wrong stands in the message, too.
              end -> {
                assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
                assertThat(end.getStatus().getDescription()).contains("commands");
              });
    }
  }

  @Test
  void answersOfMoreThanAMessageHoldsComeInSeveral() throws Exception {
    funded("cat", 100);
    // A settlement of 20 calls with 10 ids of 190 characters each: 38,000 bytes, and its answer
    // more.
    // 90 of them are 3.4 million bytes, and so is what answers them.
    int holds = 90;
    EnforceCommand[] reserves = new EnforceCommand[holds];
    EnforceCommand[] settles = new EnforceCommand[holds];
    for (int i = 0; i < holds; i++) {
      reserves[i] = reserve("cat", "h" + i, "1");
      SettleRequest.Builder settle =
          SettleRequest.newBuilder()
              .setEngineer("cat")
              .setHoldId("h" + i)
              .setActualAmount(money("USD", "1"));
      for (int call = 0; call < 20; call++) {
        CallReport.Builder report = CallReport.newBuilder().setModel("m");
        for (int id = 0; id < 10; id++) {
          report.addIds("%03d-%02d-%02d-".formatted(i, call, id) + "x".repeat(180));
        }
        settle.addCalls(report);
      }
      settles[i] = EnforceCommand.newBuilder().setSettle(settle).build();
    }
    var stream = stream(world);
    send(stream, reserves);

    stream.write(EnforceRequest.newBuilder().addAllCommands(List.of(settles)).build());
    List<EnforceResponse> responses = new ArrayList<>();
    int results = 0;
    while (results < holds) {
      responses.add(stream.read(BudgetWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS));
      results += responses.getLast().getResultsCount();
    }

    assertThat(responses).hasSizeGreaterThan(1);
    assertThat(responses.stream().flatMap(one -> one.getResultsList().stream()))
        .extracting(result -> result.getSettle().getHold().getHoldId())
        .containsExactlyElementsOf(IntStream.range(0, holds).mapToObj(i -> "h" + i).toList());
    assertThat(world.available("cat", "USD")).isEqualTo("10");
    stream.cancel("done", null);
  }

  @Test
  void ofManyBatchesOnTwoReplicasExactlyThoseThatFitAreAdmitted() throws Exception {
    funded("dan", 100);
    List<Callable<Long>> senders = new ArrayList<>();
    for (int sender = 0; sender < 6; sender++) {
      BudgetWorld replica = sender % 2 == 0 ? world : other;
      EnforceCommand[] batch = new EnforceCommand[10];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = reserve("dan", "race-" + sender + "-" + i, "9");
      }
      senders.add(
          () -> {
            var stream = stream(replica);
            long admitted = send(stream, batch).stream().filter(EnforceResult::hasReserve).count();
            stream.cancel("done", null);
            return admitted;
          });
    }
    long admitted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Long> sender : threads.invokeAll(senders)) {
        admitted += sender.get();
      }
    }

    // 11 × 9 = 99
    assertThat(admitted).isEqualTo(11);
    assertThat(world.available("dan", "USD")).isEqualTo("1");
  }
}
