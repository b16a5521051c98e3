package dev.fourthpillar.budget.enforcement;

import static dev.fourthpillar.budget.BudgetWorld.PATIENCE;
import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.events.v1.BudgetThresholdCrossed;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator sees of the service, and changes while it runs. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class OperatedTest {
  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world =
        BudgetWorld.at(
            database,
            "2026-03-02T12:00:00Z",
            Map.of(
                "fourthpillar.enforcement.sweep-interval", "10m",
                "fourthpillar.reconciliation.interval", "50ms"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void holdsAreCounted() {
    person("ada", "1000");
    reserve("ada", "one", "10");
    world.timeIs("2026-03-02T12:01:00Z");
    reserve("ada", "two", "10");
    // Two minutes after the first, which ends ten minutes after it was made.
    world.timeIs("2026-03-02T12:02:00Z");
    world.server().bean(HoldWatchService.class).look();
    assertThat(gauge("fourthpillar.budget.holds.open")).isEqualTo(2);
    assertThat(gauge("fourthpillar.budget.holds.oldest")).isEqualTo(120);
    assertThat(gauge("fourthpillar.budget.holds.overdue")).isZero();

    // 12:10 was the first one's end, and nobody has swept.
    world.timeIs("2026-03-02T12:10:30Z");
    world.server().bean(HoldWatchService.class).look();
    assertThat(gauge("fourthpillar.budget.holds.overdue")).isEqualTo(30);
    world.server().bean(HoldSweepService.class).sweep();
    world.server().bean(HoldWatchService.class).look();
    assertThat(gauge("fourthpillar.budget.holds.open")).isEqualTo(1);
  }

  @Test
  void refusalsAreCountedByReason() {
    person("bea", "5");
    assertThat(refusals("BUDGET_INSUFFICIENT")).isZero();
    assertThat(Refusal.of(() -> reserve("bea", "much", "6")).reason())
        .isEqualTo("BUDGET_INSUFFICIENT");
    reserve("bea", "little", "5");
    assertThat(refusals("BUDGET_INSUFFICIENT")).isEqualTo(1);
  }

  @Test
  void anAccountThatDiffersFromItsJournalIsFound() {
    person("cem", "5");
    reserve("cem", "one", "5");
    var checked = registry().get("fourthpillar.budget.reconciled").functionCounter();
    double before = checked.count();
    await().atMost(PATIENCE).until(() -> checked.count() > before + 6);
    assertThat(gauge("fourthpillar.budget.unreconciled")).isZero();

    world
        .server()
        .database()
        .useHandle(
            handle ->
                handle.execute("update account set entries = entries + 1 where engineer = 'cem'"));
    await().atMost(PATIENCE).until(() -> gauge("fourthpillar.budget.unreconciled") == 1);

    world
        .server()
        .database()
        .useHandle(
            handle ->
                handle.execute("update account set entries = entries - 1 where engineer = 'cem'"));
    await().atMost(PATIENCE).until(() -> gauge("fourthpillar.budget.unreconciled") == 0);
  }

  @Test
  void changedThresholdsCountFromThenOn() {
    person("dan", "100");
    reserve("dan", "one", "45");
    assertThat(crossed("dan")).isEmpty();

    change("40,60");
    // 45 + 1 of 100 is past 40, and not yet at 50, which is a default.
    reserve("dan", "two", "1");
    assertThat(crossed("dan")).containsExactly("40");

    // Not rising: refused as a whole, and the ones before stay.
    change("70,65");
    reserve("dan", "three", "20");
    assertThat(crossed("dan")).containsExactly("40", "60");
  }

  private static List<String> crossed(String engineer) {
    return world.events("engineers/" + engineer + "/USD", BudgetThresholdCrossed.class).stream()
        .map(event -> event.getThresholdPercent().getValue())
        .toList();
  }

  private static void change(String percents) {
    world.server().reconfigure(Map.of("fourthpillar.budget.thresholds", percents));
  }

  private static void person(String engineer, String dollars) {
    world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(engineer, annual("a", "2026-01-01", "", "USD", dollars));
  }

  private static void reserve(String engineer, String hold, String dollars) {
    var _ =
        world
            .gateway()
            .reserve(
                ReserveRequest.newBuilder()
                    .setEngineer(engineer)
                    .setHoldId(hold)
                    .setAmount(money("USD", dollars))
                    .build());
  }

  private static double gauge(String name) {
    return registry().get(name).gauge().value();
  }

  private static double refusals(String reason) {
    return registry().get("fourthpillar.budget.refusals").tag("reason", reason).counter().count();
  }

  private static MeterRegistry registry() {
    return world.server().bean(MeterRegistry.class);
  }
}
