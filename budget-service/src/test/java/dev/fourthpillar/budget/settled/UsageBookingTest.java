package dev.fourthpillar.budget.settled;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.ChargeCause;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.type.v1.PayerKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From lines of usage to accounts. Each test has engineers of its own. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class UsageBookingTest {
  private static final String MINUTE = "2026-02-01T10:00:00Z";

  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = BudgetWorld.at(database, "2026-03-01T12:00:00Z");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aLineIsPaidFromTheLotAndToldOnce() {
    withBudget("ada", "100");

    world.usage(settled("ada", 1, line(MINUTE, "30")));
    world.usage(settled("ada", 1, line(MINUTE, "30")));

    assertThat(world.available("ada", "USD")).isEqualTo("70");
    List<ChargeBooked> charges = world.charges("ada");
    assertThat(charges).hasSize(1);
    ChargeBooked charge = charges.getFirst();
    assertThat(charge.getLineId()).isEqualTo("usage/ada/1");
    assertThat(charge.getPayerKind()).isEqualTo(PayerKind.PAYER_KIND_OWN);
    assertThat(charge.getAccount()).isEqualTo("engineers/ada/USD");
    assertThat(charge.getCause()).isEqualTo(ChargeCause.CHARGE_CAUSE_USAGE);
    assertThat(charge.getListAmount()).isEqualTo(BudgetWorld.money("USD", "30"));
    assertThat(charge.getEmployerAmount()).isEqualTo(BudgetWorld.money("USD", "15"));
    assertThat(charge.getAccountAmount()).isEqualTo(BudgetWorld.money("USD", "30"));
  }

  @Test
  void whatTheLotDoesNotHaveIsOverageOnItsOwn() {
    withBudget("bea", "100");

    world.usage(settled("bea", 1, line(MINUTE, "130")));

    assertThat(world.available("bea", "USD")).isEqualTo("0");
    assertThat(world.charges("bea"))
        .extracting(ChargeBooked::getPayerKind, c -> c.getAccountAmount().getUnits())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(PayerKind.PAYER_KIND_OWN, 100L),
            org.assertj.core.groups.Tuple.tuple(PayerKind.PAYER_KIND_OVERAGE, 30L));
  }

  @Test
  void aLineThatChangesOnlyWhatTheEmployerPaysIsTold() {
    withBudget("dov", "100");

    world.usage(
        settled(
            "dov",
            1,
            line(MINUTE, "30"),
            line(MINUTE, "0")
                .setEmployerAmount(BudgetWorld.money("USD", "-6"))
                .setCause(SettlementCause.SETTLEMENT_CAUSE_REVISED)));

    assertThat(world.available("dov", "USD")).isEqualTo("70");
    assertThat(world.charges("dov"))
        .extracting(ChargeBooked::getEmployerAmount)
        .containsExactly(BudgetWorld.money("USD", "15"), BudgetWorld.money("USD", "-6"));
    assertThat(world.charges("dov"))
        .extracting(ChargeBooked::getAccountEmployerAmount)
        .containsExactly(BudgetWorld.money("USD", "15"), BudgetWorld.money("USD", "-6"));
  }

  @Test
  void aCorrectionGivesBack() {
    withBudget("cem", "100");

    world.usage(
        settled(
            "cem",
            1,
            line(MINUTE, "30"),
            line(MINUTE, "-10").setCause(SettlementCause.SETTLEMENT_CAUSE_REVISED)));

    assertThat(world.available("cem", "USD")).isEqualTo("80");
    assertThat(world.charges("cem"))
        .extracting(ChargeBooked::getCause)
        .containsExactly(ChargeCause.CHARGE_CAUSE_USAGE, ChargeCause.CHARGE_CAUSE_CORRECTION);
  }

  @Test
  void aGapIsLoudAndChangesNothing() {
    withBudget("dan", "100");
    world.usage(settled("dan", 1, line(MINUTE, "1"), line(MINUTE, "1")));

    assertThatThrownBy(() -> world.usage(settled("dan", 4, line(MINUTE, "1"))))
        .isInstanceOf(UsageGapException.class)
        .hasMessage("settlement 4 came after 2 (expected: 3)");
    assertThatThrownBy(() -> world.usage(settled("dan", 2, line(MINUTE, "1"), line(MINUTE, "1"))))
        .as("a part of it was applied")
        .isInstanceOf(UsageGapException.class);
    assertThat(world.available("dan", "USD")).isEqualTo("98");
  }

  @Test
  void linesOfUnknownEngineersWaitAndAreBookedWhenTheEngineerComes() {
    world.usage(settled("eva", 1, line(MINUTE, "10"), line(MINUTE, "20")));
    assertThat(pending("eva")).containsExactly("ENGINEER_UNKNOWN", "ENGINEER_UNKNOWN");
    world.usage(settled("eva", 3, line(MINUTE, "5")));
    assertThat(pending("eva")).as("they count as applied").hasSize(3);

    withBudget("eva", "100", "65");

    Awaitility.await().atMost(BudgetWorld.PATIENCE).until(() -> pending("eva").isEmpty());
    assertThat(world.charges("eva"))
        .extracting(ChargeBooked::getLineId)
        .containsExactlyInAnyOrder("usage/eva/1", "usage/eva/2", "usage/eva/3");
  }

  @Test
  void linesWithoutARateWaitForOneOfTheirDay() {
    world.engineer("fia", "NOK");
    world.entitled("fia", annual("a", "2020-01-01", "", "NOK", "36500"));
    world.awaitAvailable("fia", "NOK", "36500");

    world.usage(settled("fia", 1, line(MINUTE, "10")));
    assertThat(pending("fia")).containsExactly("FX_RATE_MISSING");
    world.rate("USD", "NOK", "9", "2026-02-02");
    world.rate("USD", "NOK", "9.5", "2026-01-24");
    assertThat(pending("fia")).as("one day late, and eight days old").hasSize(1);

    world.rate("USD", "NOK", "10.123456789", "2026-01-25");

    // 10 × 10.123456789
    world.awaitAvailable("fia", "NOK", "36398.76543211");
    assertThat(pending("fia")).isEmpty();
    ChargeBooked charge = world.charges("fia").getFirst();
    assertThat(charge.getFxRateId()).isEqualTo("USDNOK2026-01-25");
    assertThat(charge.getListAmount()).isEqualTo(BudgetWorld.money("USD", "10"));
    assertThat(charge.getAccountAmount()).isEqualTo(BudgetWorld.money("NOK", "101.23456789"));
    assertThat(charge.getAccountEmployerAmount())
        .isEqualTo(BudgetWorld.money("NOK", "50.617283945"));
  }

  @Test
  void aLineThatNamesAHoldNobodyKnowsWaits() {
    withBudget("gil", "100");

    world.usage(settled("gil", 1, line(MINUTE, "10").setHoldId("h-1").setAttempt(1)));

    assertThat(pending("gil")).containsExactly("HOLD_UNKNOWN");
    assertThat(world.available("gil", "USD")).isEqualTo("100");
  }

  @Test
  void whatIsMeteredUnderAPseudonymIsTheEmployersAndOnNoAccount() {
    UsageSettled.Builder hidden =
        settled("p-7f3a", 1, line(MINUTE, "10").setPayerKind(PayerKind.PAYER_KIND_EMPLOYER))
            .toBuilder()
            .setPseudonymous(true);
    world.usage(hidden.build());
    world.usage(hidden.build());

    assertThat(world.account("p-7f3a", "USD")).isEmpty();
    assertThat(world.charges("p-7f3a")).hasSize(1);
    ChargeBooked charge = world.charges("p-7f3a").getFirst();
    assertThat(charge.getPayerKind()).isEqualTo(PayerKind.PAYER_KIND_EMPLOYER);
    assertThat(charge.getAccount()).isEmpty();
    assertThat(charge.getListAmount()).isEqualTo(BudgetWorld.money("USD", "10"));
  }

  @Test
  void usageOfAClosedPeriodIsBookedInTheCurrentOneAsLate() {
    world.engineer("hal", "USD");
    world.entitled("hal", annual("a", "2020-01-01", "", "USD", "100"));
    world.awaitAvailable("hal", "USD", "100");

    // 1 March is more than 35 days after the end of 2025.
    world.usage(settled("hal", 1, line("2025-12-01T10:00:00Z", "10")));

    assertThat(world.available("hal", "USD")).isEqualTo("90");
    assertThat(causes("hal")).contains("LATE");
  }

  @Test
  void whateverTheOrderAndHoweverOftenTheBalancesAreTheSame() {
    Random random = new Random(Dose.seed());
    List<UsageSettled> batches = new ArrayList<>();
    List<String> engineers = List.of("x1", "x2", "x3", "x4");
    BigDecimal[] sums = {BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO};
    for (int e = 0; e < engineers.size(); e++) {
      for (int n = 0; n < 20; n++) {
        BigDecimal dollars = BigDecimal.valueOf(random.nextInt(-40, 100), 2);
        sums[e] = sums[e].add(dollars);
        batches.add(settled(engineers.get(e), n + 1, line(MINUTE, dollars.toPlainString())));
      }
    }
    withBudget("x1", "100");
    withBudget("x2", "100");
    // The order within an engineer is the feed's; across engineers there is none, batches are of
    // any
    // size, everything comes twice, and two of the engineers are not known yet.
    List<UsageSettled> mixed = interleaved(batches, random);
    for (int from = 0; from < mixed.size(); ) {
      int to = Math.min(mixed.size(), from + 1 + random.nextInt(7));
      UsageSettled[] message = mixed.subList(from, to).toArray(UsageSettled[]::new);
      world.usage(message);
      world.usage(message);
      from = to;
    }
    withBudget("x3", "100", null);
    withBudget("x4", "100", null);

    for (int e = 0; e < engineers.size(); e++) {
      world.awaitAvailable(
          engineers.get(e),
          "USD",
          new BigDecimal("100").subtract(sums[e]).stripTrailingZeros().toPlainString());
    }
  }

  private static List<UsageSettled> interleaved(List<UsageSettled> batches, Random random) {
    List<String> turns = new ArrayList<>(batches.stream().map(UsageSettled::getEngineer).toList());
    Collections.shuffle(turns, random);
    List<UsageSettled> left = new ArrayList<>(batches);
    List<UsageSettled> mixed = new ArrayList<>();
    for (String engineer : turns) {
      UsageSettled next =
          left.stream().filter(b -> b.getEngineer().equals(engineer)).findFirst().orElseThrow();
      left.remove(next);
      mixed.add(next);
    }
    return mixed;
  }

  private static void withBudget(String engineer, String dollars) {
    withBudget(engineer, dollars, dollars);
  }

  /** The budget is told first: lines that wait for the engineer are booked as soon as he comes. */
  private static void withBudget(String engineer, String dollars, String free) {
    world.entitled(engineer, annual("a", "2020-01-01", "", "USD", dollars));
    world.engineer(engineer, "USD");
    if (free != null) {
      world.awaitAvailable(engineer, "USD", free);
    }
  }

  private static List<String> pending(String engineer) {
    return world
        .server()
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select cause from pending_line where engineer = :e order by number")
                    .bind("e", engineer)
                    .mapTo(String.class)
                    .list());
  }

  private static List<String> causes(String engineer) {
    return world
        .server()
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery("select cause_detail from journal where account like :a")
                    .bind("a", "engineers/" + engineer + "/%")
                    .mapTo(String.class)
                    .list());
  }
}
