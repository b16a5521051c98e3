package dev.fourthpillar.budget.period;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.events.v1.EntitlementSegment;
import dev.fourthpillar.events.v1.UncappedEntitlement;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From what comp-service tells to the lots of accounts. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class PeriodsTest {
  private static final String MARCH = "2026-03-01T12:00:00Z";

  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = BudgetWorld.at(database, MARCH);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /** Time never goes back on an account, but each test has an engineer of its own. */
  @BeforeEach
  void itIsMarch() {
    world.timeIs(MARCH);
  }

  @Test
  void aPersonHasAnAccountAndWithAnEntitlementALot() {
    world.engineer("ada", "USD");
    world.awaitAvailable("ada", "USD", "0");

    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("ada", "USD", "36500");
    assertThat(lot("ada", "default/ada/2026-01-01").amount()).isEqualTo(36_500_000_000_000L);
  }

  @Test
  void anEntitlementThatComesBeforeThePersonWaits() {
    world.entitled("bea", annual("a", "2020-01-01", "", "USD", "36500"));
    world.engineer("bea", "USD");

    world.awaitAvailable("bea", "USD", "36500");
  }

  @Test
  void aNewTimelineChangesTheOpenLotUpAndDown() {
    world.engineer("cem", "USD");
    world.entitled("cem", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("cem", "USD", "36500");

    // 181 × 100 + 184 × 200
    world.entitled(
        "cem",
        annual("a", "2020-01-01", "2026-06-30", "USD", "36500"),
        annual("b", "2026-07-01", "", "USD", "73000"));
    world.awaitAvailable("cem", "USD", "54900");

    // 181 × 100 + 184 × 50
    world.entitled(
        "cem",
        annual("a", "2020-01-01", "2026-06-30", "USD", "36500"),
        annual("b", "2026-07-01", "", "USD", "18250"));
    world.awaitAvailable("cem", "USD", "27300");

    world.entitled("cem");
    world.awaitAvailable("cem", "USD", "0");
  }

  @Test
  void aReductionNeverTakesWhatIsSettled() {
    world.engineer("dan", "USD");
    world.entitled("dan", annual("a", "2020-01-01", "", "USD", "1000"));
    world.awaitAvailable("dan", "USD", "1000");
    world.usage(BudgetWorld.settled("dan", 1, BudgetWorld.line("2026-02-01T10:00:00Z", "300")));

    world.entitled("dan", annual("a", "2020-01-01", "", "USD", "100"));

    world.awaitAvailable("dan", "USD", "0");
    assertThat(lot("dan", "default/dan/2026-01-01").amount()).isEqualTo(300_000_000_000L);
  }

  @Test
  void aNewCurrencyOpensASecondAccountAndTheOldLotStays() {
    world.engineer("eva", "USD");
    world.entitled("eva", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("eva", "USD", "36500");

    world.engineer("eva", "EUR", "DE", "Europe/Berlin", "2020-01-01", "2026-03-01T12:00:00Z");
    world.entitled(
        "eva",
        annual("a", "2020-01-01", "2026-06-30", "USD", "36500"),
        annual("b", "2026-07-01", "", "EUR", "18250"));

    // 181 days of 100 dollars; 184 days of 50 euros, which begin in July.
    world.awaitAvailable("eva", "USD", "18100");
    world.awaitAvailable("eva", "EUR", "0");
    world.timeIs("2026-07-01T00:00:00Z");
    world.awaitAvailable("eva", "EUR", "9200");
    assertThat(world.available("eva", "USD")).isEqualTo("18100");
  }

  @Test
  void theNextYearsLotIsThereAheadAndPaysFromTheFirstMinuteOn() {
    world.engineer("fia", "USD");
    world.entitled("fia", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("fia", "USD", "36500");
    world.usage(BudgetWorld.settled("fia", 1, BudgetWorld.line("2026-02-01T10:00:00Z", "500")));

    world.timeIs("2026-12-31T22:30:00Z");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .until(() -> world.account("fia", "USD").orElseThrow().lots().size() == 2);
    assertThat(world.available("fia", "USD")).isEqualTo("36000");
    world.timeIs("2026-12-31T22:59:59Z");
    assertThat(world.available("fia", "USD")).isEqualTo("36000");
    world.timeIs("2026-12-31T23:00:00Z");
    assertThat(world.available("fia", "USD")).isEqualTo("36500");
  }

  @Test
  void whoLeavesHasTheLotUntilTheEndOfTheLastDayAndLateUsageOfThatTimeIsStillPaid() {
    world.engineer("gil", "USD");
    world.entitled("gil", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("gil", "USD", "36500");
    world.usage(BudgetWorld.settled("gil", 1, BudgetWorld.line("2026-02-01T10:00:00Z", "500")));

    world.left("gil", "2026-03-31");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .until(
            () ->
                Minutes.start(lot("gil", "default/gil/2026-01-01").expiry())
                    .equals(Instant.parse("2026-03-31T22:00:00Z")));
    assertThat(world.available("gil", "USD")).as("not prorated").isEqualTo("36000");
    world.timeIs("2026-03-31T21:59:59Z");
    assertThat(world.available("gil", "USD")).isEqualTo("36000");
    world.timeIs("2026-03-31T22:00:00Z");
    assertThat(world.available("gil", "USD")).isEqualTo("0");

    world.timeIs("2026-04-10T12:00:00Z");
    world.usage(
        BudgetWorld.settled(
            "gil",
            2,
            BudgetWorld.line("2026-03-31T21:00:00Z", "100"),
            BudgetWorld.line("2026-03-31T22:00:00Z", "7")));
    var totals = world.account("gil", "USD").orElseThrow().totals();
    assertThat(totals.settled()).isEqualTo(600_000_000_000L);
    assertThat(totals.overage()).as("of the day after").isEqualTo(7_000_000_000L);
    assertThat(totals.expired()).isEqualTo(35_900_000_000_000L);
  }

  @Test
  void whoseLeavingIsToldLateIsPaidAsIfItHadBeenToldInTime() {
    world.engineer("hal", "USD");
    world.entitled("hal", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("hal", "USD", "36500");
    world.usage(
        BudgetWorld.settled(
            "hal",
            1,
            BudgetWorld.line("2026-01-31T22:59:00Z", "500"),
            BudgetWorld.line("2026-01-31T23:00:00Z", "7")));

    // It ended a month ago, at 23:00 UTC.
    world.left("hal", "2026-01-31");

    world.awaitAvailable("hal", "USD", "0");
    var totals = world.account("hal", "USD").orElseThrow().totals();
    assertThat(totals.settled()).isEqualTo(500_000_000_000L);
    assertThat(totals.overage()).isEqualTo(7_000_000_000L);
    assertThat(totals.expired()).isEqualTo(36_000_000_000_000L);

    // And back: the end was a mistake.
    world.engineer("hal", "USD");
    world.awaitAvailable("hal", "USD", "35993");
    assertThat(world.account("hal", "USD").orElseThrow().totals().overage()).isZero();
  }

  @Test
  void moneyOfAnotherCurrencyIsValuedOnceWithTheRateOfThePeriodsStartOrTheFirstThereIs() {
    world.engineer("ida", "SEK");
    world.entitled("ida", annual("a", "2020-01-01", "", "USD", "1000"));
    world.rate("USD", "SEK", "10.5", "2026-02-10");
    world.awaitAvailable("ida", "SEK", "10500");
    // printf 'money USD 1000000000000' | sha256sum: the next build has to find it again.
    assertThat(valued("ida"))
        .containsExactly("8ee21c840ab1d3bc73b64606185d076308e082eae6e0a10f47eb64507ac96b5e");

    world.rate("USD", "SEK", "11", "2026-02-20");
    world.entitled("ida", annual("a", "2020-01-01", "2027-12-31", "USD", "1000"));
    world.engineer("ida", "SEK", "SE", "Europe/Stockholm", "2026-07-02", "2026-03-01T12:00:00Z");
    // 183 of 365 days of 10,500: the value of the period stays.
    world.timeIs("2026-07-02T12:00:00Z");
    world.awaitAvailable("ida", "SEK", "5264.38");
  }

  @Test
  void whoIsFoundToWaitWhileARateIsPublishedIsNotForgotten() {
    List<String> currencies =
        List.of("NOK", "PLN", "CZK", "GBP", "CHF", "EUR", "AUD", "CAD", "NZD", "INR", "BRL", "MXN");
    for (String currency : currencies) {
      String id = "of-" + currency.toLowerCase(Locale.ROOT);
      world.engineer(id, currency);
      world.entitled(id, annual("a", "2020-01-01", "", "USD", "1000"));
      // The scheduler looks every 50 ms: in some of the rounds it is looking right now.
      world.rate("USD", currency, "2", "2026-02-10");
    }
    for (String currency : currencies) {
      world.awaitAvailable("of-" + currency.toLowerCase(Locale.ROOT), currency, "2000");
    }
  }

  @Test
  void whoCannotBeBroughtUpToDateKeepsNobodyElseFromTheirs() {
    world.rate("USD", "DKK", "7", "2026-02-10");
    world.engineer("kim", "DKK");
    // 63 billion crowns are more than an amount can be.
    world.entitled("kim", annual("a", "2020-01-01", "", "USD", "9000000000"));
    world.engineer("lea", "DKK");
    world.entitled("lea", annual("a", "2020-01-01", "", "USD", "9"));

    world.awaitAvailable("lea", "DKK", "63");
    assertThat(world.available("kim", "DKK")).isIn("no account", "0");
    world.entitled("kim", annual("a", "2020-01-01", "", "USD", "10"));
    world.awaitAvailable("kim", "DKK", "70");
  }

  /** Half a year without a limit, and nothing after it. */
  @Test
  void whoHasNoLimitIsLetThroughAndNothingOfItIsOverage() {
    world.engineer("max", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled("max", uncapped("2026-01-01", "2026-06-30"));
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .until(
            () ->
                world.account("max", "USD").filter(a -> a.uncappedTimes().size() == 1).isPresent());
    world.usage(BudgetWorld.settled("max", 1, BudgetWorld.line("2026-02-01T10:00:00Z", "500")));

    var gateway = world.gateway();
    var held =
        gateway
            .reserve(
                ReserveRequest.newBuilder()
                    .setEngineer("max")
                    .setHoldId("h")
                    .setAmount(BudgetWorld.money("USD", "40"))
                    .build())
            .getHold();
    assertThat(held.getHeldAmount()).isEqualTo(BudgetWorld.money("USD", "40"));
    var _ =
        gateway.settle(
            SettleRequest.newBuilder()
                .setEngineer("max")
                .setHoldId("h")
                .setActualAmount(BudgetWorld.money("USD", "42"))
                .build());

    AccountBalance balance = balance("max");
    assertThat(balance.getUncapped()).isEqualTo(BudgetWorld.money("USD", "542"));
    assertThat(balance.getUnlimited()).isTrue();
    assertThat(balance.getOverage()).isEqualTo(BudgetWorld.money("USD", "0"));
    assertThat(balance.getSettled()).isEqualTo(BudgetWorld.money("USD", "0"));
    assertThat(balance.getAvailable()).isEqualTo(BudgetWorld.money("USD", "0"));

    var ledger =
        LedgerServiceGrpc.newBlockingStub(world.server().channel())
            .withCallCredentials(world.server().as("auditor", Role.AUDITOR));
    var account =
        ledger
            .getReconciliation(
                GetReconciliationRequest.newBuilder().setAccount("engineers/max/USD").build())
            .getAccounts(0);
    assertThat(account.getReconciled()).as(account.getProblem()).isTrue();
    assertThat(account.getReplayed().getUncapped()).isEqualTo(BudgetWorld.money("USD", "542"));

    // It ends, and what comes after it is limited again: to nothing.
    world.timeIs("2026-07-01T00:00:00Z");
    assertThat(balance("max").getUnlimited()).isFalse();
    world.usage(
        BudgetWorld.settled(
            "max",
            2,
            BudgetWorld.line("2026-06-30T23:59:00Z", "1"),
            BudgetWorld.line("2026-07-01T00:00:00Z", "7")));
    assertThat(balance("max").getUncapped()).isEqualTo(BudgetWorld.money("USD", "543"));
    assertThat(balance("max").getOverage()).isEqualTo(BudgetWorld.money("USD", "7"));
  }

  private static EntitlementSegment uncapped(String from, String until) {
    return annual("u", from, until, "USD", "0").toBuilder()
        .setUncapped(UncappedEntitlement.getDefaultInstance())
        .build();
  }

  private static AccountBalance balance(String engineer) {
    return BalanceServiceGrpc.newBlockingStub(world.server().channel())
        .withCallCredentials(world.server().as("finance", Role.FINANCE))
        .getBalance(GetBalanceRequest.newBuilder().setEngineer(engineer).build())
        .getBalances(0);
  }

  /** Of what there is a kept value. */
  private static List<String> valued(String engineer) {
    return world
        .server()
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select encode(content_hash, 'hex') from period_value
                        where engineer = :engineer
                        """)
                    .bind("engineer", engineer)
                    .mapTo(String.class)
                    .list());
  }

  private static Lot lot(String engineer, String id) {
    return world.account(engineer, "USD").orElseThrow().lots().stream()
        .filter(lot -> lot.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
