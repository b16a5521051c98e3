package dev.fourthpillar.budget.grant;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static dev.fourthpillar.budget.BudgetWorld.time;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.Cadence;
import dev.fourthpillar.budget.v1.EntryKind;
import dev.fourthpillar.budget.v1.ExtendGrantRequest;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetGrantRequest;
import dev.fourthpillar.budget.v1.Grant;
import dev.fourthpillar.budget.v1.GrantServiceGrpc;
import dev.fourthpillar.budget.v1.GrantServiceGrpc.GrantServiceBlockingStub;
import dev.fourthpillar.budget.v1.IssueGrantRequest;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.ListGrantsRequest;
import dev.fourthpillar.budget.v1.LotSource;
import dev.fourthpillar.budget.v1.Plan;
import dev.fourthpillar.budget.v1.ReduceGrantRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.RevokeGrantRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.events.v1.GrantExtended;
import dev.fourthpillar.events.v1.GrantIssued;
import dev.fourthpillar.events.v1.GrantReduced;
import dev.fourthpillar.events.v1.GrantRevoked;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What finance grants, reduces, revokes and extends, as it is seen by all who look. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class GrantServiceTest {
  private static final String NOW = "2026-03-10T12:00:00Z";

  private static BudgetWorld world;
  private static int requests;

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

  @Test
  void aGrantIsThereAtOnceAndBeforeThePlansWhereItsPriorityIsLower() {
    employed("ann");
    var request = issue("ann", "bonus", "50").setPriority(10).build();
    Grant grant = finance().issueGrant(request).getGrant();

    assertThat(grant.getLot()).isEqualTo("grant/bonus");
    assertThat(grant.getSource()).isEqualTo(LotSource.LOT_SOURCE_MANUAL);
    assertThat(grant.getAuthor()).isEqualTo("finance-tool");
    assertThat(world.available("ann", "USD")).isEqualTo("3700");
    world.usage(settled("ann", 1, line("2026-03-10T11:59:00Z", "20"), line(NOW, "30")));
    assertThat(get("ann", "grant/bonus").getSettled())
        .as("it pays from the minute of the grant on")
        .isEqualTo(money("USD", "30"));
    assertThat(finance().issueGrant(request).getGrant()).as("again").isEqualTo(grant);
    GrantIssued told = world.events("engineers/ann/USD", GrantIssued.class).getLast();
    assertThat(told.getAuthor()).isEqualTo("finance-tool");
    assertThat(told.getReason()).isEqualTo("a good year");
    assertThat(told.hasBefore()).isFalse();
    assertThat(told.getAfter().getGranted()).isEqualTo(money("USD", "50"));
  }

  @Test
  void aScheduledGrantPaysFromItsTimeOn() {
    employed("ben");
    var _ =
        finance()
            .issueGrant(
                issue("ben", "later", "50")
                    .setEffectiveTime(time("2026-03-11T00:00:00Z"))
                    .setExpireTime(time("2026-03-12T00:00:00Z"))
                    .build());
    assertThat(availableNow("ben")).isEqualTo(money("USD", "3650"));
    world.timeIs("2026-03-11T00:00:00Z");
    assertThat(availableNow("ben")).isEqualTo(money("USD", "3700"));
    world.timeIs("2026-03-12T00:00:00Z");
    assertThat(availableNow("ben")).isEqualTo(money("USD", "3650"));
    assertThat(get("ben", "grant/later").getExpired()).isEqualTo(money("USD", "50"));
  }

  @Test
  void aReductionIsAtOnceWithoutANoticeAndNeverTakesWhatIsSettledOrHeld() {
    employed("cas");
    world.usage(settled("cas", 1, line("2026-03-01T10:00:00Z", "600")));
    hold("cas", "50");

    Grant after =
        finance().reduceGrant(reduce("cas", "default/cas/2026-01-01", "3000").build()).getGrant();
    assertThat(after.getGranted()).isEqualTo(money("USD", "650"));
    assertThat(world.available("cas", "USD")).isEqualTo("0");
    GrantReduced told = world.events("engineers/cas/USD", GrantReduced.class).getLast();
    assertThat(told.getBefore().getGranted()).isEqualTo(money("USD", "3650"));
    assertThat(told.getAfter().getGranted()).isEqualTo(money("USD", "650"));
    assertThat(told.getReason()).isEqualTo("fewer tokens");

    // What was taken is not given back by the plan, and what it gives more is more.
    world.entitled("cas", annual("a", "2020-01-01", "", "USD", "3750"));
    world.awaitAvailable("cas", "USD", "100");
  }

  /** A notice of 7 days: announced on the 10th at noon, and made on the 17th. */
  @Test
  void aReductionWaitsForTheNoticeOfThePlan() {
    world.plan(
        Plan.newBuilder()
            .setPlan("noticed")
            .setCadence(Cadence.CADENCE_CALENDAR_YEAR)
            .setNoticeDays(7));
    employed("dev");
    world.entitled(
        "dev", annual("a", "2020-01-01", "", "USD", "3650").toBuilder().setPlan("noticed").build());
    world.awaitAvailable("dev", "USD", "3650");
    String lot = "noticed/dev/2026-01-01";
    assertThat(
            reason(
                () ->
                    finance()
                        .reduceGrant(
                            reduce("dev", lot, "100").setEffectiveTime(time(NOW)).build())))
        .isEqualTo("INVALID_FIELDS");

    Grant announced = finance().reduceGrant(reduce("dev", lot, "100").build()).getGrant();

    assertThat(announced.getGranted()).isEqualTo(money("USD", "3650"));
    assertThat(announced.getReductions(0).getEffectiveTime())
        .isEqualTo(time("2026-03-17T12:00:00Z"));
    GrantReduced told = world.events("engineers/dev/USD", GrantReduced.class).getLast();
    assertThat(told.getEffectiveTime()).isEqualTo(time("2026-03-17T12:00:00Z"));
    assertThat(told.getAfter().getGranted()).isEqualTo(money("USD", "3550"));

    world.timeIs("2026-03-17T11:59:00Z");
    assertThat(world.available("dev", "USD")).isEqualTo("3650");
    world.timeIs("2026-03-17T12:00:00Z");
    world.awaitAvailable("dev", "USD", "3550");
    assertThat(get("dev", lot).getReductionsList()).isEmpty();
  }

  @Test
  void whatIsRevokedEndsAndWhatAHoldGivesBackLaterExpires() {
    employed("eve");
    var _ = finance().issueGrant(issue("eve", "gift", "100").setPriority(1).build());
    hold("eve", "60");
    world.timeIs("2026-03-10T12:05:00Z");

    Grant after =
        finance()
            .revokeGrant(
                RevokeGrantRequest.newBuilder()
                    .setRequestId(request())
                    .setEngineer("eve")
                    .setLot("grant/gift")
                    .setReason("by mistake")
                    .build())
            .getGrant();

    assertThat(after.getGranted()).isEqualTo(money("USD", "60"));
    assertThat(world.available("eve", "USD")).isEqualTo("3650");
    assertThat(world.events("engineers/eve/USD", GrantRevoked.class)).hasSize(1);
    assertThat(
            BalanceServiceGrpc.newBlockingStub(world.server().channel())
                .withCallCredentials(world.server().as("auditor", Role.AUDITOR))
                .listEntries(
                    ListEntriesRequest.newBuilder()
                        .setEngineer("eve")
                        .setCurrencyCode("USD")
                        .build())
                .getEntries(0)
                .getKind())
        .isEqualTo(EntryKind.ENTRY_KIND_REVOKE);
    var _ =
        world
            .gateway()
            .settle(
                SettleRequest.newBuilder()
                    .setEngineer("eve")
                    .setHoldId("h")
                    .setActualAmount(money("USD", "20"))
                    .build());
    assertThat(world.available("eve", "USD")).isEqualTo("3650");
    assertThat(get("eve", "grant/gift").getExpired()).isEqualTo(money("USD", "40"));
  }

  @Test
  void anExtendedGrantPaysLonger() {
    employed("fay");
    var _ =
        finance()
            .issueGrant(
                issue("fay", "short", "10").setExpireTime(time("2026-03-11T00:00:00Z")).build());
    Grant after =
        finance()
            .extendGrant(
                extend("fay", "grant/short").setExpireTime(time("2026-04-01T00:00:00Z")).build())
            .getGrant();
    assertThat(after.getExpireTime()).isEqualTo(time("2026-04-01T00:00:00Z"));
    assertThat(world.events("engineers/fay/USD", GrantExtended.class)).hasSize(1);
    world.timeIs("2026-03-20T00:00:00Z");
    assertThat(world.available("fay", "USD")).isEqualTo("3660");

    assertThat(
            reason(
                () ->
                    finance()
                        .extendGrant(
                            extend("fay", "grant/short")
                                .setExpireTime(time("2026-03-21T00:00:00Z"))
                                .build())))
        .as("earlier")
        .isEqualTo("INVALID_FIELDS");
    assertThat(reason(() -> finance().extendGrant(extend("fay", "default/fay/2026-01-01").build())))
        .as("a plan's")
        .isEqualTo("INVALID_FIELDS");
  }

  /** The plan's lot and 31 others. */
  @Test
  void anAccountHasAtMost32OpenLots() {
    employed("gil");
    for (int i = 0; i < 31; i++) {
      var _ = finance().issueGrant(issue("gil", "g" + i, "1").build());
    }
    assertThat(reason(() -> finance().issueGrant(issue("gil", "g31", "1").build())))
        .isEqualTo("LIMIT_EXCEEDED");
    assertThat(
            finance()
                .listGrants(ListGrantsRequest.newBuilder().setEngineer("gil").build())
                .getGrantsList())
        .hasSize(32);
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    employed("hal");
    var issued = issue("hal", "x", "10").build();
    var _ = finance().issueGrant(issued);
    assertThat(
            reason(
                () ->
                    finance().issueGrant(issued.toBuilder().setAmount(money("USD", "11")).build())))
        .isEqualTo("ID_REUSED");
    assertThat(reason(() -> finance().issueGrant(issue("hal", "x", "10").build())))
        .as("another request, the same grant")
        .isEqualTo("ID_REUSED");
    assertThat(reason(() -> finance().issueGrant(issue("nobody", "x", "10").build())))
        .isEqualTo("NOT_FOUND");
    assertThat(
            reason(
                () ->
                    finance()
                        .issueGrant(issue("hal", "y", "10").setAmount(money("SEK", "1")).build())))
        .isEqualTo("CURRENCY_MISMATCH");
    assertThat(reason(() -> finance().issueGrant(issue("hal", "y", "0").build())))
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            reason(
                () ->
                    finance()
                        .issueGrant(
                            issue("hal", "y", "1")
                                .setEffectiveTime(time("2026-03-10T12:00:01Z"))
                                .build())))
        .as("no whole minute")
        .isEqualTo("INVALID_FIELDS");
    assertThat(
            reason(
                () ->
                    finance().issueGrant(issue("hal", "y", "1").setExpireTime(time(NOW)).build())))
        .isEqualTo("INVALID_FIELDS");
    assertThat(reason(() -> finance().reduceGrant(reduce("hal", "grant/z", "1").build())))
        .isEqualTo("NOT_FOUND");
    assertThat(reason(() -> stub("hr-tool", Role.HR).issueGrant(issue("hal", "y", "1").build())))
        .isEqualTo("ROLE_MISSING");
  }

  @Test
  void engineersSeeTheirOwn() {
    employed("ida");
    GrantServiceBlockingStub ida =
        GrantServiceGrpc.newBlockingStub(world.server().channel())
            .withCallCredentials(world.server().engineer("ida"));
    assertThat(
            ida.listGrants(ListGrantsRequest.newBuilder().setEngineer("ida").build())
                .getGrantsList())
        .hasSize(1);
    assertThat(
            reason(() -> ida.listGrants(ListGrantsRequest.newBuilder().setEngineer("hal").build())))
        .isEqualTo("NOT_OWN_DATA");
  }

  private static void employed(String engineer) {
    world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(engineer, annual("a", "2020-01-01", "", "USD", "3650"));
    world.awaitAvailable(engineer, "USD", "3650");
  }

  private static void hold(String engineer, String dollars) {
    var _ =
        world
            .gateway()
            .reserve(
                ReserveRequest.newBuilder()
                    .setEngineer(engineer)
                    .setHoldId("h")
                    .setAmount(money("USD", dollars))
                    .build());
  }

  private static IssueGrantRequest.Builder issue(String engineer, String id, String dollars) {
    return IssueGrantRequest.newBuilder()
        .setRequestId(request())
        .setEngineer(engineer)
        .setGrant(id)
        .setAmount(money("USD", dollars))
        .setReason("a good year");
  }

  private static ReduceGrantRequest.Builder reduce(String engineer, String lot, String dollars) {
    return ReduceGrantRequest.newBuilder()
        .setRequestId(request())
        .setEngineer(engineer)
        .setLot(lot)
        .setAmount(money("USD", dollars))
        .setReason("fewer tokens");
  }

  private static ExtendGrantRequest.Builder extend(String engineer, String lot) {
    return ExtendGrantRequest.newBuilder()
        .setRequestId(request())
        .setEngineer(engineer)
        .setLot(lot)
        .setReason("more time");
  }

  private static Grant get(String engineer, String lot) {
    return finance()
        .getGrant(GetGrantRequest.newBuilder().setEngineer(engineer).setLot(lot).build())
        .getGrant();
  }

  private static Money availableNow(String engineer) {
    return BalanceServiceGrpc.newBlockingStub(world.server().channel())
        .withCallCredentials(world.server().as("auditor", Role.AUDITOR))
        .getBalance(GetBalanceRequest.newBuilder().setEngineer(engineer).build())
        .getBalances(0)
        .getAvailable();
  }

  private static String request() {
    return "request-" + ++requests;
  }

  private static String reason(Runnable call) {
    return Refusal.of(call).reason();
  }

  private static GrantServiceBlockingStub finance() {
    return stub("finance-tool", Role.FINANCE);
  }

  private static GrantServiceBlockingStub stub(String client, Role role) {
    return GrantServiceGrpc.newBlockingStub(world.server().channel())
        .withCallCredentials(world.server().as(client, role));
  }
}
