package dev.fourthpillar.budget.enforcement;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.period.PeriodService;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What uses a period first opens it; here the scheduler sleeps. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class FirstUseTest {
  private static final String MARCH = "2026-03-02T12:00:00Z";

  private static BudgetWorld world;
  private static EnforcementServiceBlockingStub gateway;

  @BeforeAll
  static void start(TestDatabase database) {
    world =
        BudgetWorld.at(
            database,
            MARCH,
            Map.of(
                "fourthpillar.period.interval", "1h",
                "fourthpillar.enforcement.sweep-interval", "10m"));
    gateway = world.gateway();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void itIsMarch() {
    world.timeIs(MARCH);
  }

  @Test
  void aReserveOpensThePeriodThatBegan() {
    engineer("ada");
    world.entitled("ada", annual("a", "2026-01-01", "", "USD", "1000"));

    reserve("ada", "first", "600");
    assertThat(lots("ada")).containsExactly("default/ada/2026-01-01");

    // An hour before the year ends its successor is due.
    world.timeIs("2026-12-31T22:59:00Z");
    assertThat(Refusal.of(() -> reserve("ada", "before", "500")).reason())
        .isEqualTo("BUDGET_INSUFFICIENT");
    assertThat(lots("ada")).as("not due yet").containsExactly("default/ada/2026-01-01");
    world.timeIs("2027-01-01T00:00:00Z");
    reserve("ada", "after", "900");
    assertThat(lots("ada")).containsExactly("default/ada/2026-01-01", "default/ada/2027-01-01");
  }

  @Test
  void whoComesAfterwardsFindsItOpen() {
    engineer("bea");
    world.entitled("bea", annual("a", "2026-01-01", "", "USD", "1000"));
    reserve("bea", "1", "100");
    long entries = world.account("bea", "USD").orElseThrow().entries();

    reserve("bea", "2", "100");
    boolean scheduled =
        world
            .server()
            .bean(Transactions.class)
            .run(
                handle -> {
                  world.server().bean(PeriodService.class).due(handle, List.of("bea"));
                  return true;
                });
    reserve("bea", "3", "100");

    assertThat(scheduled).isTrue();
    assertThat(world.account("bea", "USD").orElseThrow().entries())
        .as("the same lot is granted once")
        .isEqualTo(entries);
    assertThat(world.available("bea", "USD")).isEqualTo("700");
  }

  @Test
  void manyWhoAskAtOnceOpenItOnceAndExactlyThoseThatFitGetIt() {
    engineer("cem");
    world.entitled("cem", annual("a", "2026-01-01", "", "USD", "1000"));

    long admitted =
        IntStream.range(0, 30)
            .parallel()
            .filter(
                i -> {
                  try {
                    reserve("cem", "h" + i, "100");
                    return true;
                  } catch (StatusRuntimeException e) {
                    assertThat(Refusal.of(e).reason()).isEqualTo("BUDGET_INSUFFICIENT");
                    return false;
                  }
                })
            .count();

    assertThat(admitted).isEqualTo(10);
    assertThat(lots("cem")).containsExactly("default/cem/2026-01-01");
  }

  @Test
  void bookedUsageOpensItForAllWhomItIsOf() {
    engineer("dan");
    engineer("eva");
    world.entitled("dan", annual("a", "2026-01-01", "", "USD", "1000"));
    world.entitled("eva", annual("a", "2026-01-01", "", "USD", "2000"));
    world.usage(
        settled("eva", 1, line("2026-02-01T10:00:00Z", "7")),
        settled("dan", 1, line("2026-02-01T10:00:00Z", "5")));

    assertThat(world.available("dan", "USD")).isEqualTo("995");
    assertThat(world.available("eva", "USD")).isEqualTo("1993");
    assertThat(world.account("dan", "USD").orElseThrow().totals().overage()).isZero();
  }

  @Test
  void whoseLotsCannotBeOpenedIsChargedAllTheSame() {
    // 63 billion crowns are more than an amount can be.
    world.engineer("kim", "DKK", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.rate("USD", "DKK", "7", "2026-02-01");
    world.entitled("kim", annual("a", "2026-01-01", "", "USD", "9000000000"));

    world.usage(settled("kim", 1, line("2026-02-01T10:00:00Z", "5")));

    assertThat(world.account("kim", "DKK").orElseThrow().totals().overage())
        .isEqualTo(35_000_000_000L);
  }

  private static void engineer(String id) {
    world.engineer(id, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
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

  private static List<String> lots(String engineer) {
    return world.account(engineer, "USD").orElseThrow().lots().stream()
        .map(lot -> lot.id())
        .sorted()
        .toList();
  }
}
