package dev.fourthpillar.budget.enforcement;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.GetHoldRequest;
import dev.fourthpillar.budget.v1.HoldState;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import io.grpc.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Cases that broke other products and that no other test here is named after; the whole list is in
 * docs/architecture/budget.md.
 */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class BrokenElsewhereTest {
  private static final String NOON = "2026-03-02T12:00:00Z";

  private static BudgetWorld world;
  private static EnforcementServiceBlockingStub gateway;

  @BeforeAll
  static void start(TestDatabase database) {
    world =
        BudgetWorld.at(
            database,
            NOON,
            Map.of(
                "fourthpillar.enforcement.sweep-interval", "10m",
                "fourthpillar.enforcement.facts-ttl", "0s"));
    gateway = world.gateway();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void useDoesNotRenewTheTimeABudgetExpiresAt() {
    funded("ada", 100);
    var before = world.account("ada", "USD").orElseThrow().lots().getFirst();

    reserve("ada", "h", "10");
    settle("ada", "h", "7");
    world.usage(settled("ada", 1, line("2026-03-01T10:00:00Z", "3")));

    var after = world.account("ada", "USD").orElseThrow().lots().getFirst();
    assertThat(after.settled()).isEqualTo(10_000_000_000L);
    assertThat(after.expiry()).isEqualTo(before.expiry());
    assertThat(after.effective()).isEqualTo(before.effective());
  }

  @Test
  void whatIsCheckedIsWhatIsChargedAlsoWhenThePersonsAccountChangesInBetween() {
    funded("bea", 100);
    reserve("bea", "h", "40");

    world.engineer("bea", "EUR", "US", "UTC", "2020-01-01", NOON);
    // No rate between the two: neither the hold nor what it is settled with needs one.
    world.entitled("bea", annual("b", "2026-01-01", "", "EUR", "500"));
    world.awaitAvailable("bea", "EUR", "500");
    settle("bea", "h", "30");

    assertThat(world.available("bea", "EUR")).isEqualTo("500");
    assertThat(world.account("bea", "USD").orElseThrow().totals().settled())
        .isEqualTo(30_000_000_000L);
    assertThat(world.account("bea", "USD").orElseThrow().held()).isZero();
  }

  @Test
  void aHoldIsNotLostWhenItsClientDisconnects() {
    funded("cem", 100);
    Context.CancellableContext client = Context.current().withCancellation();
    client.run(() -> reserve("cem", "h", "40"));
    client.cancel(new IllegalStateException("the client is gone"));

    assertThat(
            gateway
                .getHold(GetHoldRequest.newBuilder().setEngineer("cem").setHoldId("h").build())
                .getHold()
                .getState())
        .isEqualTo(HoldState.HOLD_STATE_HELD);
    assertThat(world.available("cem", "USD")).isEqualTo("60");
    // Whoever comes back with the id goes on with it.
    reserve("cem", "h", "40");
    settle("cem", "h", "25");
    assertThat(world.available("cem", "USD")).isEqualTo("75");
  }

  /**
   * The gateway books 5; the tool's telemetry of the same call says 6, so usage-service tells 1.
   */
  @Test
  void aCallThatTheGatewayChargedIsNotChargedAgainByTheToolsTelemetry() {
    funded("dan", 100);
    reserve("dan", "h", "10");
    settle("dan", "h", "5");

    world.usage(
        settled(
            "dan",
            1,
            line("2026-03-02T12:00:00Z", "1")
                .setCause(SettlementCause.SETTLEMENT_CAUSE_MATCHED_HOLD)
                .setHoldId("h")
                .setAttempt(1)));

    assertThat(world.available("dan", "USD")).isEqualTo("94");
  }

  /**
   * Feed and calls change the same two accounts, each in the order that suits it least: 20 rounds
   * of a line of 1 and a settled call of 2 on each, so 20 × 3 of 100 are gone.
   */
  @Test
  void noSpendIsDroppedWhenTransactionsWantTheSameAccountsAtTheSameTime() throws Exception {
    funded("eva", 100);
    funded("fia", 100);
    List<Callable<Void>> work = new ArrayList<>();
    for (String engineer : List.of("eva", "fia")) {
      work.add(
          () -> {
            for (int i = 1; i <= 20; i++) {
              reserve(engineer, "h" + i, "2");
              settle(engineer, "h" + i, "2");
            }
            return null;
          });
    }
    work.add(
        () -> {
          for (int i = 1; i <= 20; i++) {
            var eva = settled("eva", i, line("2026-03-01T10:00:00Z", "1"));
            var fia = settled("fia", i, line("2026-03-01T10:00:00Z", "1"));
            if (i % 2 == 0) {
              world.usage(eva, fia);
            } else {
              world.usage(fia, eva);
            }
          }
          return null;
        });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    }

    assertThat(world.available("eva", "USD")).isEqualTo("40");
    assertThat(world.available("fia", "USD")).isEqualTo("40");
  }

  private static void funded(String engineer, long dollars) {
    world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(engineer, annual("a", "2026-01-01", "", "USD", Long.toString(dollars)));
    world.awaitAvailable(engineer, "USD", Long.toString(dollars));
  }

  private static void reserve(String engineer, String hold, String dollars) {
    var _ =
        gateway.reserve(
            ReserveRequest.newBuilder()
                .setEngineer(engineer)
                .setHoldId(hold)
                .setAmount(money("USD", dollars))
                .build());
  }

  private static void settle(String engineer, String hold, String dollars) {
    var _ =
        gateway.settle(
            SettleRequest.newBuilder()
                .setEngineer(engineer)
                .setHoldId(hold)
                .setActualAmount(money("USD", dollars))
                .build());
  }
}
