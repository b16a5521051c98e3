package dev.fourthpillar.budget.period;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.Cadence;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.LotBalance;
import dev.fourthpillar.budget.v1.Plan;
import dev.fourthpillar.budget.v1.Rollover;
import dev.fourthpillar.events.v1.GrantExpired;
import dev.fourthpillar.events.v1.GrantIssued;
import dev.fourthpillar.events.v1.RolloverIssued;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Use it or lose it, or keep some of it: case 5 of the worked cases, as clients see it. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class RolloverCasesTest {
  private static final String AUTUMN = "2026-10-01T12:00:00Z";
  private static final String NEW_YEAR = "2027-01-01T00:00:00Z";

  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = BudgetWorld.at(database, AUTUMN);
    world.plan(
        Plan.newBuilder()
            .setPlan("carry")
            .setCadence(Cadence.CADENCE_CALENDAR_YEAR)
            .setRollover(Rollover.newBuilder().setMaxPercent(25).setExpireAfterDays(365)));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /** Budget 100,000, consumed 60,000. */
  @Test
  void useItOrLoseIt() {
    world.timeIs(AUTUMN);
    whoUses("lost", "UTC");
    world.timeIs(NEW_YEAR);
    world.awaitAvailable("lost", "USD", "100000");
    assertThat(balance("lost").getExpired()).isEqualTo(money("USD", "40000"));

    world.timeIs(AUTUMN);
    whoUses("kept", "UTC", "carry");
    world.timeIs(NEW_YEAR);
    world.awaitAvailable("kept", "USD", "125000");

    AccountBalance balance = balance("kept");
    assertThat(balance.getExpired()).isEqualTo(money("USD", "15000"));
    assertThat(balance.getGranted()).as("no new compensation").isEqualTo(money("USD", "200000"));
    LotBalance carried = lot(balance, "rollover/carry/kept/2026-01-01");
    assertThat(carried.getGranted()).isEqualTo(money("USD", "25000"));
    assertThat(carried.getExpireTime()).isEqualTo(BudgetWorld.time("2028-01-01T00:00:00Z"));
    assertThat(lot(balance, "carry/kept/2027-01-01").getGranted())
        .isEqualTo(money("USD", "100000"));

    String account = "engineers/kept/USD";
    assertThat(world.events(account, RolloverIssued.class))
        .extracting(event -> event.getAfter().getGranted())
        .containsExactly(money("USD", "25000"));
    assertThat(world.events(account, GrantExpired.class))
        .extracting(event -> event.getAfter().getExpired())
        .containsExactly(money("USD", "15000"));
    assertThat(world.events(account, GrantIssued.class))
        .extracting(event -> event.getAfter().getLot())
        .containsExactly("carry/kept/2026-01-01", "carry/kept/2027-01-01");

    // 20,000 of December are told in January: 20,000 were unused then, less than the cap of 25,000.
    world.usage(settled("kept", 2, line("2026-12-20T10:00:00Z", "20000")));
    assertThat(world.available("kept", "USD")).isEqualTo("120000");
    assertThat(balance("kept").getExpired()).isEqualTo(money("USD", "0"));
    assertReconciled(account);
  }

  /** What goes on ends with the employment. */
  @Test
  void whoLeavesLosesWhatWentOn() {
    world.timeIs(AUTUMN);
    whoUses("gone", "America/New_York", "carry");
    world.timeIs("2027-01-01T05:00:00Z");
    world.awaitAvailable("gone", "USD", "125000");

    world.left("gone", "2027-03-31");
    // The clocks have gone forward.
    world.timeIs("2027-04-01T03:59:00Z");
    world.awaitAvailable("gone", "USD", "125000");
    world.timeIs("2027-04-01T04:00:00Z");
    world.awaitAvailable("gone", "USD", "0");
    assertReconciled("engineers/gone/USD");
  }

  @Test
  void whatARolloverCannotBeIsNamed() {
    for (Rollover.Builder rollover :
        new Rollover.Builder[] {
          Rollover.newBuilder().setMaxPercent(0).setExpireAfterDays(1),
          Rollover.newBuilder().setMaxPercent(101).setExpireAfterDays(1),
          Rollover.newBuilder().setMaxPercent(10),
          Rollover.newBuilder().setMaxPercent(10).setExpireAfterDays(71),
          Rollover.newBuilder()
              .setMaxPercent(10)
              .setExpireAfterDays(7)
              .setMaxAmount(money("USD", "0"))
        }) {
      assertThat(
              Refusal.of(
                      () ->
                          world.plan(
                              Plan.newBuilder()
                                  .setPlan("bad")
                                  .setCadence(Cadence.CADENCE_WEEKLY)
                                  .setRollover(rollover)))
                  .reason())
          .as("%s", rollover)
          .isEqualTo("INVALID_FIELDS");
    }
  }

  private static void whoUses(String engineer, String zone) {
    whoUses(engineer, zone, "");
  }

  private static void whoUses(String engineer, String zone, String plan) {
    world.engineer(engineer, "USD", "US", zone, "2020-01-01", Instant.EPOCH.toString());
    world.entitled(
        engineer, annual("a", "2020-01-01", "", "USD", "100000").toBuilder().setPlan(plan).build());
    world.awaitAvailable(engineer, "USD", "100000");
    world.usage(settled(engineer, 1, line("2026-10-01T10:00:00Z", "60000")));
  }

  private static AccountBalance balance(String engineer) {
    return BalanceServiceGrpc.newBlockingStub(world.server().channel())
        .withCallCredentials(world.server().as("finance", Role.FINANCE))
        .getBalance(GetBalanceRequest.newBuilder().setEngineer(engineer).build())
        .getBalances(0);
  }

  private static void assertReconciled(String account) {
    var reconciled =
        LedgerServiceGrpc.newBlockingStub(world.server().channel())
            .withCallCredentials(world.server().as("auditor", Role.AUDITOR))
            .getReconciliation(GetReconciliationRequest.newBuilder().setAccount(account).build())
            .getAccounts(0);
    assertThat(reconciled.getReconciled()).as(reconciled.getProblem()).isTrue();
  }

  private static LotBalance lot(AccountBalance balance, String id) {
    return balance.getLotsList().stream()
        .filter(lot -> lot.getLot().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
