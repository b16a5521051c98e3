package dev.fourthpillar.budget.settled;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.pricing.BookActivation;
import dev.fourthpillar.budget.pricing.BookChunk;
import dev.fourthpillar.budget.pricing.PriceService;
import dev.fourthpillar.budget.v1.Cadence;
import dev.fourthpillar.budget.v1.CallReport;
import dev.fourthpillar.budget.v1.Plan;
import dev.fourthpillar.budget.v1.PriceSide;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.type.v1.MeterQuantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A plan of cost basis EMPLOYER_COST charges what the employer pays, and tells the list price. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class EmployerCostTest {
  private static final String MINUTE = "2026-02-01T10:00:00Z";

  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = BudgetWorld.at(database, "2026-02-02T12:00:00Z");
    world.plan(
        Plan.newBuilder()
            .setPlan("employer-cost")
            .setCadence(Cadence.CADENCE_CALENDAR_YEAR)
            .setPriceSide(PriceSide.PRICE_SIDE_EMPLOYER));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /**
   * The employer pays half; a dollar is 10 crowns. Of 20 crowns the first line takes 15, for which
   * the list says 30. The second costs 20, of which 5 are left: a quarter of what the list says,
   * 40.
   */
  @Test
  void usageIsChargedAtEmployerCostAndToldAtListInTheAccountsCurrency() {
    world.rate("USD", "SEK", "10", "2026-02-01");
    entitled("ivy", "SEK", "20");

    world.usage(settled("ivy", 1, line(MINUTE, "3"), line(MINUTE, "4")));

    assertThat(world.available("ivy", "SEK")).isEqualTo("0");
    List<ChargeBooked> charges = world.charges("ivy");
    assertThat(charges)
        .extracting(c -> c.getPayerKind().name().substring("PAYER_KIND_".length()))
        .containsExactly("OWN", "OWN", "OVERAGE");
    assertThat(charges)
        .extracting(ChargeBooked::getAccountAmount)
        .containsExactly(sek("15"), sek("5"), sek("15"));
    assertThat(charges)
        .extracting(ChargeBooked::getAccountListAmount)
        .containsExactly(sek("30"), sek("10"), sek("30"));
    assertThat(charges)
        .extracting(ChargeBooked::getAccountEmployerAmount)
        .containsExactly(sek("15"), sek("5"), sek("15"));
    assertThat(charges)
        .extracting(ChargeBooked::getListAmount)
        .containsExactly(money("USD", "3"), money("USD", "1"), money("USD", "3"));
  }

  @Test
  void whoIsOnTheBuiltInPlanIsChargedAtListAndThatIsNotToldTwice() {
    world.engineer("joe", "USD");
    world.entitled("joe", annual("a", "2020-01-01", "", "USD", "100"));
    world.awaitAvailable("joe", "USD", "100");

    world.usage(settled("joe", 1, line(MINUTE, "3")));

    ChargeBooked charge = world.charges("joe").getFirst();
    assertThat(charge.getAccountAmount()).isEqualTo(money("USD", "3"));
    assertThat(charge.hasAccountListAmount()).isFalse();
  }

  /** 100,000 tokens at 2 dollars a million are 0.20, of which the employer pays half. */
  @Test
  void aHoldIsSettledAtEmployerCostToo() {
    book();
    entitled("kay", "USD", "100");
    var gateway = world.gateway();
    var _ =
        gateway.reserve(
            ReserveRequest.newBuilder()
                .setEngineer("kay")
                .setHoldId("h")
                .setAmount(money("USD", "1"))
                .build());
    var _ =
        gateway.settle(
            SettleRequest.newBuilder()
                .setEngineer("kay")
                .setHoldId("h")
                .addCalls(
                    CallReport.newBuilder()
                        .setProvider("acme")
                        .setModel("nova")
                        .addQuantities(
                            MeterQuantity.newBuilder().setMeter("input").setQuantity(100_000)))
                .build());

    assertThat(world.available("kay", "USD")).isEqualTo("99.9");
    ChargeBooked charge = world.charges("kay").getFirst();
    assertThat(charge.getAccountAmount()).isEqualTo(money("USD", "0.1"));
    assertThat(charge.getAccountListAmount()).isEqualTo(money("USD", "0.2"));
    assertThat(charge.getListAmount()).isEqualTo(money("USD", "0.2"));
    assertThat(charge.getEmployerAmount()).isEqualTo(money("USD", "0.1"));

    // Usage-service finds that it was half of that: list and employer side go back by a half.
    world.usage(
        settled(
            "kay",
            1,
            line(MINUTE, "-0.1")
                .setCause(dev.fourthpillar.events.v1.SettlementCause.SETTLEMENT_CAUSE_MATCHED_HOLD)
                .setHoldId("h")
                .setAttempt(1)));
    assertThat(world.available("kay", "USD")).isEqualTo("99.95");
    assertThat(world.charges("kay").getLast().getAccountListAmount())
        .isEqualTo(money("USD", "-0.1"));
  }

  private static void entitled(String engineer, String currency, String amount) {
    world.engineer(engineer, currency, "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(
        engineer,
        annual("a", "2020-01-01", "", currency, amount).toBuilder()
            .setPlan("employer-cost")
            .build());
    world.awaitAvailable(engineer, currency, amount);
  }

  private static void book() {
    String rows =
        """
        {"format": "fourthpillar.pricebook/1", "id": "list", "version": 1, "currency": "USD",
         "effectiveFrom": "2026-01-01T00:00:00Z", "source": "made for this test",
         "rows": [{"provider": "acme", "model": "nova", "source": "made for this test",
                   "prices": {"standard": {"0": {"input": "2", "output": "10"}}}}]}
        """;
    Instant newYear = Instant.parse("2026-01-01T00:00:00Z");
    PriceService prices = world.server().bean(PriceService.class);
    var _ =
        world
            .server()
            .bean(Transactions.class)
            .run(
                handle -> {
                  prices.rows(handle, new BookChunk("b1", 1, rows, ""));
                  prices.activated(
                      handle,
                      new BookActivation("b1", "USD", newYear, 1, new BigDecimal("0.5"), newYear));
                  return prices.table(handle);
                });
  }

  private static Money sek(String units) {
    return money("SEK", units);
  }
}
