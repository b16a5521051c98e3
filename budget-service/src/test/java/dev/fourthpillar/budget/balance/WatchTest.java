package dev.fourthpillar.budget.balance;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.WatchBalanceRequest;
import dev.fourthpillar.budget.v1.WatchBalanceResponse;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.micronaut.context.ApplicationContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Balances that are told as they change. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class WatchTest {
  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world =
        BudgetWorld.at(
            database,
            "2026-03-02T12:00:00Z",
            Map.of("fourthpillar.balance.watch-interval", "10ms"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void theBalanceComesFirstAndThenEachChange() {
    funded("ada");
    Iterator<WatchBalanceResponse> watch = watch(world.server().engineer("ada"), "ada");

    assertThat(available(watch.next())).containsExactly(money("USD", "100"));
    world.usage(settled("ada", 1, line("2026-03-02T11:00:00Z", "3")));
    assertThat(available(watch.next())).containsExactly(money("USD", "97"));
    // Of another person nothing is heard: the next is ada's.
    funded("bob");
    world.usage(settled("bob", 1, line("2026-03-02T11:00:00Z", "50")));
    world.usage(settled("ada", 2, line("2026-03-02T11:01:00Z", "7")));
    assertThat(available(watch.next())).containsExactly(money("USD", "90"));
  }

  @Test
  void onlyWhoMaySeeTheBalanceWatchesIt() {
    funded("cem");
    assertThat(refusal(world.server().engineer("bob"), "cem")).isEqualTo("NOT_OWN_DATA");
    assertThat(refusal(world.server().as("boss", Role.MANAGER), "cem")).isEqualTo("ROLE_MISSING");
    assertThat(refusal(world.server().as("fin", Role.FINANCE), "nobody")).isEqualTo("NOT_FOUND");
    assertThat(refusal(world.server().as("fin", Role.FINANCE), "")).isEqualTo("INVALID_FIELDS");
    assertThat(watch(world.server().as("gw", Role.GATEWAY), "cem").next().getBalancesList())
        .hasSize(1);
  }

  /** A client that takes nothing for 20 changes gets what is then, and not one after the other. */
  @Test
  void aSlowClientMissesStepsAndNotTheLastState() {
    funded("dan");
    List<WatchBalanceResponse> got = new CopyOnWriteArrayList<>();
    ClientCall<WatchBalanceRequest, WatchBalanceResponse> call =
        world
            .server()
            .channel()
            .newCall(
                BalanceServiceGrpc.getWatchBalanceMethod(),
                CallOptions.DEFAULT.withCallCredentials(world.server().as("fin", Role.FINANCE)));
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(WatchBalanceResponse response) {
            got.add(response);
          }
        },
        new Metadata());
    call.sendMessage(WatchBalanceRequest.newBuilder().setEngineer("dan").build());
    call.halfClose();
    call.request(1);
    Awaitility.await().atMost(BudgetWorld.PATIENCE).until(() -> got.size() == 1);
    for (int number = 1; number <= 20; number++) {
      world.usage(settled("dan", number, line("2026-03-02T11:00:00Z", "1")));
    }
    call.request(Integer.MAX_VALUE);

    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .untilAsserted(
            () -> assertThat(available(got.getLast())).containsExactly(money("USD", "80")));
    // A step can only be told once it is there: never more than there were.
    assertThat(got).hasSizeLessThanOrEqualTo(21).doesNotHaveDuplicates();
    call.cancel("enough", null);
  }

  @Test
  void aWatchThatEndsLeavesNothingBehind() {
    funded("eva");
    OpenStreams open = world.server().bean(OpenStreams.class);
    Awaitility.await().atMost(BudgetWorld.PATIENCE).until(() -> open.count() <= 3);
    int before = open.count();
    Context.CancellableContext client = Context.current().withCancellation();
    client.run(() -> assertThat(watch(world.server().engineer("eva"), "eva").next()).isNotNull());
    assertThat(open.count()).isEqualTo(before + 1);
    client.cancel(Status.CANCELLED.asRuntimeException());
    Awaitility.await().atMost(BudgetWorld.PATIENCE).until(() -> open.count() == before);
  }

  @Test
  void aDrainEndsItWithDraining(TestDatabase database) {
    BudgetWorld other = BudgetWorld.at(database, "2026-03-02T12:00:00Z");
    other.engineer("fay", "USD");
    other.entitled("fay", annual("a", "2026-01-01", "", "USD", "100"));
    other.awaitAvailable("fay", "USD", "100");
    Iterator<WatchBalanceResponse> watch =
        other
            .server()
            .stub(BalanceServiceGrpc::newBlockingStub, other.server().engineer("fay"))
            .watchBalance(WatchBalanceRequest.newBuilder().setEngineer("fay").build());
    assertThat(watch.next().getBalancesList()).hasSize(1);

    Thread closing =
        Thread.ofVirtual().start(() -> other.server().bean(ApplicationContext.class).close());

    Refusal end =
        Refusal.of(
            () -> {
              var _ = watch.next();
            });
    assertThat(end.reason()).isEqualTo("DRAINING");
    try {
      closing.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    other.close();
  }

  private static void funded(String engineer) {
    world.engineer(engineer, "USD");
    world.entitled(engineer, annual("a", "2026-01-01", "", "USD", "100"));
    world.awaitAvailable(engineer, "USD", "100");
  }

  private static Iterator<WatchBalanceResponse> watch(BearerToken caller, String engineer) {
    return world
        .server()
        .stub(BalanceServiceGrpc::newBlockingStub, caller)
        .watchBalance(WatchBalanceRequest.newBuilder().setEngineer(engineer).build());
  }

  private static String refusal(BearerToken caller, String engineer) {
    Iterator<WatchBalanceResponse> watch = watch(caller, engineer);
    return Refusal.of(
            () -> {
              var _ = watch.next();
            })
        .reason();
  }

  private static List<Money> available(WatchBalanceResponse response) {
    return response.getBalancesList().stream().map(AccountBalance::getAvailable).toList();
  }
}
