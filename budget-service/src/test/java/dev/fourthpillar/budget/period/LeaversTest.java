package dev.fourthpillar.budget.period;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.day;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static dev.fourthpillar.budget.BudgetWorld.time;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Decimal;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.Cadence;
import dev.fourthpillar.budget.v1.Grant;
import dev.fourthpillar.budget.v1.GrantServiceGrpc;
import dev.fourthpillar.budget.v1.GrantServiceGrpc.GrantServiceBlockingStub;
import dev.fourthpillar.budget.v1.IssueGrantRequest;
import dev.fourthpillar.budget.v1.ListGrantsRequest;
import dev.fourthpillar.budget.v1.LotSource;
import dev.fourthpillar.budget.v1.Plan;
import dev.fourthpillar.budget.v1.Portability;
import dev.fourthpillar.events.v1.BalanceChanged;
import dev.fourthpillar.events.v1.GrantReduced;
import dev.fourthpillar.events.v1.GrantRevoked;
import dev.fourthpillar.events.v1.PortabilityRow;
import dev.fourthpillar.events.v1.TokenBudgetEntitled;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an end of employment, or a lower entitlement, takes: when, how much, and what is told. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class LeaversTest {
  private static final String NOW = "2026-03-10T12:00:00Z";

  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = BudgetWorld.at(database, NOW);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void itIsMarch() {
    world.timeIs(NOW);
  }

  /** 3,650 less 650 used: of 3,000 a quarter survives, and 2,250 are revoked. */
  @Test
  void theVestedPortablePartIsThereFor90DaysAndTheRestIsRevokedAtTheEndOfTheLastDay() {
    // Auckland is at UTC+13 until 5 April: the last day, 31 March, ends at 11:00 UTC.
    world.engineer("lou", "USD", "US", "Pacific/Auckland", "2020-01-01", Instant.EPOCH.toString());
    world.entitled("lou", portable("lou", "25"));
    world.awaitAvailable("lou", "USD", "3650");
    world.usage(settled("lou", 1, line("2026-02-01T10:00:00Z", "650")));
    var _ =
        grants()
            .issueGrant(
                IssueGrantRequest.newBuilder()
                    .setRequestId("lou-bonus")
                    .setEngineer("lou")
                    .setGrant("bonus")
                    .setAmount(money("USD", "50"))
                    .setReason("a good year")
                    .build());
    world.left("lou", "2026-03-31");
    world.timeIs("2026-03-31T10:59:59Z");
    world.awaitAvailable("lou", "USD", "3050");

    world.timeIs("2026-03-31T11:00:00Z");
    world.awaitAvailable("lou", "USD", "0");
    String lot = "rollover/default/lou/2026-01-01";
    await("lou", lot, grant -> assertThat(grant.getGranted()).isEqualTo(money("USD", "750")));
    Grant survived = grant("lou", lot);
    assertThat(survived.getSource()).isEqualTo(LotSource.LOT_SOURCE_PORTABLE);
    // 90 days later it is winter there: midnight is 12:00 UTC.
    assertThat(survived.getExpireTime()).isEqualTo(time("2026-06-29T12:00:00Z"));
    assertThat(balance("lou").getUnspentPortable()).isEqualTo(money("USD", "750"));
    assertThat(balance("lou").getAvailable()).isEqualTo(money("USD", "0"));
    assertThat(revoked("lou")).containsExactlyInAnyOrder("2250", "50");
    assertThat(world.events("engineers/lou/USD", GrantRevoked.class))
        .extracting(told -> told.getAfter().getLot())
        .contains("default/lou/2026-01-01", "grant/bonus");

    // 100 of the last day are told late: a quarter of 2,900. What is used after it is nobody's.
    world.timeIs("2026-04-10T12:00:00Z");
    world.usage(
        settled("lou", 2, line("2026-03-31T10:59:00Z", "100"), line("2026-03-31T11:00:00Z", "7")));
    assertThat(balance("lou").getUnspentPortable()).isEqualTo(money("USD", "725"));
    assertThat(balance("lou").getSettled()).isEqualTo(money("USD", "750"));
    assertThat(world.account("lou", "USD").orElseThrow().totals().overage())
        .isEqualTo(7_000_000_000L);

    world.timeIs("2026-06-29T11:59:59Z");
    assertThat(
            world
                .account("lou", "USD")
                .orElseThrow()
                .unspentPortable(Instant.parse("2026-06-29T11:59:59Z")))
        .contains(java.math.BigInteger.valueOf(725_000_000_000L));
    world.timeIs("2026-06-29T12:00:00Z");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .untilAsserted(
            () -> assertThat(balance("lou").getUnspentPortable()).isEqualTo(money("USD", "0")));
  }

  @Test
  void whereNothingIsPortableAllOfItIsRevoked() {
    world.engineer("max", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled("max", annual("a", "2020-01-01", "", "USD", "3650"));
    world.awaitAvailable("max", "USD", "3650");
    world.left("max", "2026-03-31");
    world.timeIs("2026-04-01T00:00:00Z");
    world.awaitAvailable("max", "USD", "0");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .untilAsserted(() -> assertThat(revoked("max")).containsExactly("3650"));
    assertThat(world.account("max", "USD").orElseThrow().lots()).hasSize(1);
  }

  /**
   * Case 13 of the compensation cases: 90,000 per contract year, not prorated on leaving, 30,000
   * used in the current one. Of 60,000 a quarter is kept.
   */
  @Test
  void whoLeavesInTheMiddleOfAContractYearKeepsTheirPartOfAllThatIsUnspent() {
    world.plan(Plan.newBuilder().setPlan("contract").setCadence(Cadence.CADENCE_ANNIVERSARY));
    world.engineer("sue", "USD", "US", "America/New_York", "2025-01-15", Instant.EPOCH.toString());
    world.entitled(
        "sue",
        annual("a", "2025-01-15", "", "USD", "90000").toBuilder()
            .setPlan("contract")
            .addPortability(
                PortabilityRow.newBuilder()
                    .setDate(day("2025-01-15"))
                    .setPercent(Decimal.newBuilder().setValue("25")))
            .build());
    world.awaitAvailable("sue", "USD", "90000");
    world.usage(settled("sue", 1, line("2026-02-01T10:00:00Z", "30000")));
    world.left("sue", "2026-07-31");

    world.timeIs("2026-08-01T03:59:00Z");
    world.awaitAvailable("sue", "USD", "60000");
    world.timeIs("2026-08-01T04:00:00Z");
    world.awaitAvailable("sue", "USD", "0");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .untilAsserted(
            () -> assertThat(balance("sue").getUnspentPortable()).isEqualTo(money("USD", "15000")));
    assertThat(revoked("sue")).containsExactly("45000");
  }

  /**
   * 60 percent in 36 steps from the day of hiring on. On 10 March 2026 23 whole months are over: 60
   * × 23 ÷ 36 = 38.333333 percent of 3,600.
   */
  @Test
  void aPlanSaysWhatSurvivesWhereTheEntitlementDoesNot() {
    world.plan(
        Plan.newBuilder()
            .setPlan("vests")
            .setCadence(Cadence.CADENCE_CALENDAR_YEAR)
            .setPortability(
                Portability.newBuilder().setPercent(60).setVestingMonths(36).setCliffMonths(12)));
    for (String engineer : List.of("ned", "pam")) {
      world.engineer(engineer, "USD", "US", "UTC", "2024-03-15", Instant.EPOCH.toString());
    }
    world.entitled(
        "ned", annual("a", "2024-03-15", "", "USD", "3600").toBuilder().setPlan("vests").build());
    world.entitled("pam", portable("pam", "5").toBuilder().setPlan("vests").build());
    world.awaitAvailable("ned", "USD", "3600");
    world.awaitAvailable("pam", "USD", "3650");
    assertThat(balance("ned").getUnspentPortable()).isEqualTo(money("USD", "1379.999988"));
    assertThat(balance("pam").getUnspentPortable()).isEqualTo(money("USD", "182.5"));

    world.timeIs("2026-03-15T00:00:00Z");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .untilAsserted(
            () -> assertThat(balance("ned").getUnspentPortable()).isEqualTo(money("USD", "1440")));
    assertThat(
            Refusal.of(
                    () ->
                        world.plan(
                            Plan.newBuilder()
                                .setPlan("never")
                                .setCadence(Cadence.CADENCE_MONTHLY)
                                .setPortability(
                                    Portability.newBuilder()
                                        .setPercent(60)
                                        .setVestingMonths(11)
                                        .setCliffMonths(12))))
                .violatedFields())
        .isEqualTo("plan.portability.cliff_months");
  }

  /** 30 days of notice: told on 10 March, made on 9 April. */
  @Test
  void aLowerEntitlementTakesEffectAfterThePlansNotice() {
    noticed("quin", "3650", "", "");
    world.awaitAvailable("quin", "USD", "3650");
    noticed("quin", "2920", "hr-tool", "fewer tokens for all");
    String lot = "noticed/quin/2026-01-01";
    await("quin", lot, grant -> assertThat(grant.getReductionsList()).hasSize(1));
    var reduction = grant("quin", lot).getReductions(0);
    assertThat(reduction.getAmount()).isEqualTo(money("USD", "730"));
    assertThat(reduction.getEffectiveTime()).isEqualTo(time("2026-04-09T12:00:00Z"));
    assertThat(reduction.getAuthor()).isEqualTo("hr-tool");
    assertThat(reduction.getReason()).isEqualTo("fewer tokens for all");
    assertThat(world.available("quin", "USD")).isEqualTo("3650");
    GrantReduced told = reduced("quin").getLast();
    assertThat(told.getBefore().getGranted()).isEqualTo(money("USD", "3650"));
    assertThat(told.getAfter().getGranted()).isEqualTo(money("USD", "2920"));
    assertThat(told.getAuthor()).isEqualTo("hr-tool");
    assertThat(told.getEffectiveTime()).isEqualTo(time("2026-04-09T12:00:00Z"));

    // Not so much after all.
    noticed("quin", "3285", "hr-tool", "half of it");
    await(
        "quin",
        lot,
        grant -> assertThat(grant.getReductions(0).getAmount()).isEqualTo(money("USD", "365")));
    assertThat(grant("quin", lot).getReductions(0).getReason()).isEqualTo("half of it");
    GrantReduced shortened = reduced("quin").getLast();
    assertThat(shortened.getBefore().getGranted()).isEqualTo(money("USD", "3650"));
    assertThat(shortened.getAfter().getGranted()).isEqualTo(money("USD", "3285"));
    assertThat(shortened.getReason()).isEqualTo("half of it");
    assertThat(shortened.getEffectiveTime()).isEqualTo(told.getEffectiveTime());
    world.timeIs("2026-04-09T11:59:59Z");
    assertThat(world.available("quin", "USD")).isEqualTo("3650");
    world.timeIs("2026-04-09T12:00:00Z");
    world.awaitAvailable("quin", "USD", "3285");
    assertThat(reduced("quin").getLast().hasEffectiveTime()).isFalse();
    assertThat(grant("quin", lot).getReductionsList()).isEmpty();
    noticed("quin", "3650", "hr-tool", "as before");
    world.awaitAvailable("quin", "USD", "3650");
  }

  @Test
  void whatIsNotReducedAfterAllIsTold() {
    noticed("quill", "3650", "", "");
    world.awaitAvailable("quill", "USD", "3650");
    noticed("quill", "2920", "hr-tool", "fewer tokens for all");
    String lot = "noticed/quill/2026-01-01";
    await("quill", lot, grant -> assertThat(grant.getReductionsList()).hasSize(1));

    noticed("quill", "3650", "hr-tool", "as before");
    await("quill", lot, grant -> assertThat(grant.getReductionsList()).isEmpty());
    GrantReduced told = reduced("quill").getLast();
    assertThat(told.getBefore().getGranted()).isEqualTo(money("USD", "3650"));
    assertThat(told.getAfter()).isEqualTo(told.getBefore());
    assertThat(told.getEffectiveTime()).isEqualTo(time("2026-04-09T12:00:00Z"));
    assertThat(told.getAuthor()).isEqualTo("hr-tool");
    assertThat(told.getReason()).isEqualTo("as before");
  }

  /** 1,825 less are announced; 650 are free then, and 500 when a correction has come. */
  @Test
  void whatWasSettledWhenItWasDueIsTakenWhenItIsFreeAndNotAnnouncedAgain() {
    noticed("ron", "3650", "", "");
    world.awaitAvailable("ron", "USD", "3650");
    world.usage(settled("ron", 1, line("2026-02-01T10:00:00Z", "3000")));
    noticed("ron", "1825", "", "");
    String lot = "noticed/ron/2026-01-01";
    await("ron", lot, grant -> assertThat(grant.getReductionsList()).hasSize(1));
    world.timeIs("2026-04-09T12:00:00Z");
    await("ron", lot, grant -> assertThat(grant.getGranted()).isEqualTo(money("USD", "3000")));

    world.usage(settled("ron", 2, line("2026-04-09T11:00:00Z", "-500")));
    noticed("ron", "1825", "", "");
    await("ron", lot, grant -> assertThat(grant.getGranted()).isEqualTo(money("USD", "2500")));
    assertThat(grant("ron", lot).getReductionsList()).isEmpty();
  }

  private static void noticed(String engineer, String dollars, String author, String reason) {
    if (world.account(engineer, "USD").isEmpty()) {
      world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    }
    String plan = "noticed";
    if (!hasPlan) {
      hasPlan = true;
      world.plan(
          Plan.newBuilder()
              .setPlan(plan)
              .setCadence(Cadence.CADENCE_CALENDAR_YEAR)
              .setNoticeDays(30));
    }
    world.tell(
        engineer,
        TokenBudgetEntitled.newBuilder()
            .setEngineer(engineer)
            .addSegments(annual("a", "2020-01-01", "", "USD", dollars).toBuilder().setPlan(plan))
            .setAuthor(author)
            .setReason(reason)
            .build());
  }

  private static boolean hasPlan;

  private static dev.fourthpillar.events.v1.EntitlementSegment portable(
      String engineer, String percent) {
    return annual("a-" + engineer, "2020-01-01", "", "USD", "3650").toBuilder()
        .addPortability(
            PortabilityRow.newBuilder()
                .setDate(day("2026-01-01"))
                .setPercent(Decimal.newBuilder().setValue(percent)))
        .build();
  }

  private static void await(String engineer, String lot, ThrowingConsumer<Grant> is) {
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> is.accept(grant(engineer, lot)));
  }

  private static Grant grant(String engineer, String lot) {
    return grants()
        .listGrants(ListGrantsRequest.newBuilder().setEngineer(engineer).build())
        .getGrantsList()
        .stream()
        .filter(grant -> grant.getLot().equals(lot))
        .findFirst()
        .orElseThrow();
  }

  private static GrantServiceBlockingStub grants() {
    return world
        .server()
        .stub(GrantServiceGrpc::newBlockingStub, world.server().as("finance-tool", Role.FINANCE));
  }

  private static BalanceChanged balance(String engineer) {
    return world.events("engineers/" + engineer + "/USD", BalanceChanged.class).getLast();
  }

  private static List<GrantReduced> reduced(String engineer) {
    return world.events("engineers/" + engineer + "/USD", GrantReduced.class);
  }

  /** What REVOKE entries moved, in dollars. */
  private static List<String> revoked(String engineer) {
    return world
        .server()
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select trim_scale(amount_nanos / 1e9)::text from journal
                        where account = :account and kind = 'REVOKE'
                        """)
                    .bind("account", "engineers/" + engineer + "/USD")
                    .mapTo(String.class)
                    .list());
  }
}
