package dev.fourthpillar.budget.period;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AssignPlanRequest;
import dev.fourthpillar.budget.v1.Cadence;
import dev.fourthpillar.budget.v1.CreatePlanRequest;
import dev.fourthpillar.budget.v1.GetPlanRequest;
import dev.fourthpillar.budget.v1.OveragePolicy;
import dev.fourthpillar.budget.v1.Plan;
import dev.fourthpillar.budget.v1.PreviewPlanRequest;
import dev.fourthpillar.budget.v1.PriceSide;
import dev.fourthpillar.budget.v1.Proration;
import dev.fourthpillar.budget.v1.UpdatePlanRequest;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans that are made, changed and assigned, and the lots that come of it. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class AssignedPlansTest {
  private static final String MARCH = "2026-03-10T12:00:00Z";

  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = BudgetWorld.at(database, MARCH);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void itIsMarch() {
    world.timeIs(MARCH);
  }

  /** 12,000 a year are 1,000 a month; January and February are closed for nobody yet. */
  @Test
  void anAssignedPlanSplitsTheEntitlementsThatNameNone() {
    world.plan(plan("by-month", Cadence.CADENCE_MONTHLY));
    world.assign("ann", "by-month", "2026-03-01");
    world.engineer("ann", "USD", "US", "America/New_York", "2026-03-01", Instant.EPOCH.toString());
    world.entitled("ann", annual("a", "2020-01-01", "", "USD", "12000"));

    world.awaitAvailable("ann", "USD", "1000");
    assertThat(lots("ann")).containsExactly("by-month/ann/2026-03-01");
    // The clocks went forward: April begins at 4:00 UTC.
    world.timeIs("2026-04-01T03:59:00Z");
    assertThat(world.available("ann", "USD")).isEqualTo("1000");
    world.timeIs("2026-04-01T04:00:00Z");
    world.awaitAvailable("ann", "USD", "1000");
    assertThat(lots("ann")).contains("by-month/ann/2026-04-01");
  }

  /** 100 days of the year by the built-in plan, and the rest by quarters: 1,000 each. */
  @Test
  void aPlanThatIsAssignedInMidYearTakesOverFromItsDayOn() {
    world.plan(plan("by-quarter", Cadence.CADENCE_QUARTERLY));
    world.engineer("ben", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled("ben", annual("a", "2020-01-01", "", "USD", "3650"));
    world.awaitAvailable("ben", "USD", "3650");

    world.assign("ben", "by-quarter", "2026-04-11");

    // 100 of 365 days; the quarter's lot is opened when it begins to pay.
    world.awaitAvailable("ben", "USD", "1000");
    world.timeIs("2026-04-11T00:00:00Z");
    // 81 of 91 days of a quarter of 3,650: 812.2252…
    world.awaitAvailable("ben", "USD", "1812.23");
    assertThat(lots("ben")).containsExactly("by-quarter/ben/2026-04-01", "default/ben/2026-01-01");
  }

  @Test
  void aPlanWithAnAmountOfItsOwnGivesItBesideWhatIsEntitled() {
    world.plan(plan("extra", Cadence.CADENCE_WEEKLY).setAmountPerPeriod(money("USD", "70")));
    world.engineer("cas", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled("cas", annual("a", "2020-01-01", "", "USD", "365"));
    // 10 March 2026 is a Tuesday: six days of the week are left from it on.
    world.assign("cas", "extra", "2026-03-10");
    world.awaitAvailable("cas", "USD", "425");

    world.timeIs("2026-03-16T00:00:00Z");
    world.awaitAvailable("cas", "USD", "435");
    world.assign("cas", "default", "2026-03-23");
    world.timeIs("2026-03-23T00:00:00Z");
    world.awaitAvailable("cas", "USD", "365");
  }

  @Test
  void anEntitlementMayNameAPlanBeforeItIsMade() {
    world.engineer("dev", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(
        "dev", annual("a", "2020-01-01", "", "USD", "1200").toBuilder().setPlan("later").build());
    world.awaitAvailable("dev", "USD", "1200");

    world.plan(plan("later", Cadence.CADENCE_MONTHLY));

    world.awaitAvailable("dev", "USD", "100");
  }

  @Test
  void aChangedPlanCountsFromTheNextPeriodOn() {
    world.plan(plan("growing", Cadence.CADENCE_MONTHLY).setAmountPerPeriod(money("USD", "100")));
    world.engineer("eve", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.assign("eve", "growing", "2026-03-01");
    world.awaitAvailable("eve", "USD", "100");

    var _ =
        world
            .plans()
            .updatePlan(
                update(
                    "u1",
                    "2026-03-15",
                    plan("growing", Cadence.CADENCE_MONTHLY)
                        .setAmountPerPeriod(money("USD", "150"))));
    world.timeIs("2026-03-20T00:00:00Z");
    assertThat(world.available("eve", "USD")).isEqualTo("100");
    world.timeIs("2026-04-01T00:00:00Z");
    world.awaitAvailable("eve", "USD", "150");
    assertThat(
            world
                .plans()
                .getPlan(GetPlanRequest.newBuilder().setPlan("growing").build())
                .getVersionsList())
        .extracting(version -> version.getPlan().getAmountPerPeriod().getUnits())
        .containsExactly(100L, 150L);
  }

  /** Whoever moves from New York to Auckland keeps the month; the next one begins when it ends. */
  @Test
  void whoMovesKeepsTheOpenPeriod() {
    world.plan(plan("moving", Cadence.CADENCE_MONTHLY).setAmountPerPeriod(money("USD", "100")));
    world.engineer("fay", "USD", "US", "America/New_York", "2020-01-01", Instant.EPOCH.toString());
    world.assign("fay", "moving", "2026-03-01");
    world.awaitAvailable("fay", "USD", "100");
    world.usage(BudgetWorld.settled("fay", 1, BudgetWorld.line("2026-03-05T10:00:00Z", "30")));

    world.engineer("fay", "USD", "NZ", "Pacific/Auckland", "2020-01-01", MARCH);
    // In Auckland April begins at 11:00 UTC of the day before; the open period is New York's.
    world.timeIs("2026-03-31T12:00:00Z");
    assertThat(world.available("fay", "USD")).isEqualTo("70");
    world.timeIs("2026-04-01T04:00:00Z");
    world.awaitAvailable("fay", "USD", "100");
    // And May begins in Auckland, after its clocks went back.
    world.timeIs("2026-04-30T12:00:00Z");
    world.awaitAvailable("fay", "USD", "100");
    assertThat(lots("fay")).contains("moving/fay/2026-05-01");
  }

  @Test
  void theSameRequestAgainHasTheSameAnswerAndAnotherOfItsIdHasNone() {
    var request =
        CreatePlanRequest.newBuilder()
            .setRequestId("once")
            .setPlan(plan("once", Cadence.CADENCE_MONTHLY))
            .build();
    assertThat(world.plans().createPlan(request)).isEqualTo(world.plans().createPlan(request));
    assertThat(
            reason(
                () ->
                    world
                        .plans()
                        .createPlan(
                            request.toBuilder()
                                .setPlan(plan("once", Cadence.CADENCE_WEEKLY))
                                .build())))
        .isEqualTo("ID_REUSED");
    assertThat(
            reason(
                () -> world.plans().createPlan(request.toBuilder().setRequestId("twice").build())))
        .as("a plan of that id is there")
        .isEqualTo("ID_REUSED");
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    world.plan(plan("known", Cadence.CADENCE_MONTHLY));
    assertThat(
            reason(
                () ->
                    world.plan(
                        plan("bad", Cadence.CADENCE_FISCAL_YEAR)
                            .setFiscalYearStart(BudgetWorld.day("2026-02-28")))))
        .as("a year where none belongs")
        .isEqualTo("INVALID_FIELDS");
    assertThat(reason(() -> world.plan(plan("bad", Cadence.CADENCE_WEEKLY).setExpireAfterDays(71))))
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            reason(
                () ->
                    world.plan(
                        plan("bad", Cadence.CADENCE_MONTHLY)
                            .addThresholdsPercent(80)
                            .addThresholdsPercent(50))))
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            reason(
                () ->
                    world.plan(
                        plan("bad", Cadence.CADENCE_MONTHLY)
                            .setAmountPerPeriod(money("USD", "0")))))
        .isEqualTo("INVALID_FIELDS");
    assertThat(reason(() -> world.plan(plan("default", Cadence.CADENCE_MONTHLY))))
        .isEqualTo("ID_REUSED");
    assertThat(
            reason(
                () ->
                    world
                        .plans()
                        .updatePlan(
                            update("v1", "2026-03-10", plan("known", Cadence.CADENCE_WEEKLY)))))
        .as("today")
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            reason(
                () ->
                    world
                        .plans()
                        .updatePlan(
                            update("v2", "2026-04-10", plan("default", Cadence.CADENCE_WEEKLY)))))
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            reason(
                () ->
                    world
                        .plans()
                        .updatePlan(
                            update(
                                "v3",
                                "2026-04-10",
                                plan("known", Cadence.CADENCE_WEEKLY)
                                    .setAmountPerPeriod(money("USD", "1"))))))
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            reason(
                () ->
                    world
                        .plans()
                        .updatePlan(
                            update("v4", "2026-04-10", plan("nobody", Cadence.CADENCE_WEEKLY)))))
        .isEqualTo("NOT_FOUND");
    assertThat(reason(() -> world.assign("ann", "nobody", "2026-03-10"))).isEqualTo("NOT_FOUND");
    assertThat(reason(() -> world.assign("ann", "known", "2026-02-01")))
        .as("more than 35 days ago")
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            reason(
                () ->
                    world
                        .server()
                        .stub(
                            dev.fourthpillar.budget.v1.PlanServiceGrpc::newBlockingStub,
                            world.server().engineer("ada"))
                        .assignPlan(
                            AssignPlanRequest.newBuilder()
                                .setRequestId("mine")
                                .setEngineer("ada")
                                .setPlan("known")
                                .setEffectiveFrom(BudgetWorld.day("2026-03-10"))
                                .build())))
        .isEqualTo("ROLE_MISSING");
  }

  /** 1,200 a year, from 10 March on: 22 of 31 days, 70.967…, and then 100 a month. */
  @Test
  void aPreviewShowsTheLotsOfAYear() {
    world.plan(plan("shown", Cadence.CADENCE_MONTHLY));
    var lots =
        world
            .plans()
            .previewPlan(
                PreviewPlanRequest.newBuilder()
                    .setPlan("shown")
                    .setTimeZone("Europe/Berlin")
                    .setYear(2026)
                    .addAmounts(
                        dev.fourthpillar.budget.v1.AnnualAmount.newBuilder()
                            .setEffectiveFrom(BudgetWorld.day("2026-03-10"))
                            .setAmount(money("USD", "1200")))
                    .build())
            .getLotsList();
    assertThat(lots).hasSize(10);
    assertThat(lots.getFirst().getAmount()).isEqualTo(money("USD", "70.97"));
    assertThat(lots.get(1).getAmount()).isEqualTo(money("USD", "100"));
  }

  private static Plan.Builder plan(String id, Cadence cadence) {
    return Plan.newBuilder()
        .setPlan(id)
        .setCadence(cadence)
        .setOverage(OveragePolicy.OVERAGE_POLICY_BLOCK)
        .setPriceSide(PriceSide.PRICE_SIDE_LIST)
        .setProration(Proration.PRORATION_CALENDAR_DAYS);
  }

  private static UpdatePlanRequest update(String request, String from, Plan.Builder plan) {
    return UpdatePlanRequest.newBuilder()
        .setRequestId(request)
        .setPlan(plan)
        .setEffectiveFrom(BudgetWorld.day(from))
        .build();
  }

  private static String reason(Runnable call) {
    return Refusal.of(call).reason();
  }

  private static java.util.List<String> lots(String engineer) {
    return world.account(engineer, "USD").orElseThrow().lots().stream()
        .map(lot -> lot.id())
        .sorted()
        .toList();
  }
}
