package dev.fourthpillar.budget.funding;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.Cap;
import dev.fourthpillar.budget.v1.CapState;
import dev.fourthpillar.budget.v1.CapWindow;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.FundingServiceGrpc;
import dev.fourthpillar.budget.v1.FundingServiceGrpc.FundingServiceBlockingStub;
import dev.fourthpillar.budget.v1.Hold;
import dev.fourthpillar.budget.v1.ListCapsRequest;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.PutCapRequest;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Caps over the wire, with two replicas at one database. Each test has a project of its own. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class CapsTest {
  private static final String NOON = "2026-03-02T12:00:00Z";

  private static BudgetWorld world;
  private static BudgetWorld other;
  private static FundingServiceBlockingStub finance;

  @BeforeAll
  static void start(TestDatabase database) {
    Map<String, Object> settings = Map.of("fourthpillar.enforcement.facts-ttl", "0s");
    world = BudgetWorld.at(database, NOON, settings);
    other = BudgetWorld.at(database, NOON, settings);
    finance =
        world
            .server()
            .stub(FundingServiceGrpc::newBlockingStub, world.server().as("fin", Role.FINANCE));
    fund("ada", "bob", "cleo");
  }

  private static void fund(String... engineers) {
    for (String engineer : engineers) {
      world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
      world.entitled(engineer, annual("a", "2026-01-01", "", "USD", "1000"));
      world.awaitAvailable(engineer, "USD", "1000");
    }
  }

  @BeforeEach
  void noon() {
    world.timeIs(NOON);
    other.timeIs(NOON);
  }

  @AfterAll
  static void stop() {
    other.close();
    world.close();
  }

  @Test
  void aCapIsSharedByEngineersAndReplicasAndGrowsWithTheNextDay() {
    put(cap("shared", "shared", "5"));
    Hold hold = reserve(world.gateway(), "ada", "s1", "shared", "3");
    assertThat(hold.getScopesList()).containsExactly("caps/shared");

    Refusal refused = refused(other.gateway(), "bob", "s1", "shared", "2.01");
    assertThat(refused.reason()).isEqualTo("BUDGET_INSUFFICIENT");
    assertThat(refused.message()).isEqualTo("caps/shared: 2.00 USD available, 2.01 USD requested");
    assertThat(refused.metadata())
        .containsEntry("scope", "caps/shared")
        .containsEntry("next_growth_time", "2026-03-03T00:00:00Z");
    assertThat(state("shared")).isEqualTo("held 3 settled 0 available 2");
    assertThat(listed("shared").getWindowEnd()).isEqualTo(BudgetWorld.time("2026-03-03T00:00:00Z"));

    world.timeIs("2026-03-03T00:00:00Z");
    other.timeIs("2026-03-03T00:00:00Z");
    var _ = reserve(other.gateway(), "bob", "s2", "shared", "5");
    // The sweep has booked the estimate of the day before, in its own window.
    assertThat(state("shared")).isEqualTo("held 5 settled 0 available 0");
    // The refusal of the day before stays the answer to its id.
    assertThat(refused(world.gateway(), "bob", "s1", "shared", "2.01").metadata())
        .containsEntry("available", "2.00");
  }

  @Test
  void settlementReleaseAndExpiryMoveIt() {
    fund("moves-ada", "moves-bob", "moves-cleo");
    put(cap("moves", "moves", "10"));
    EnforcementServiceBlockingStub gateway = world.gateway();
    reserve(gateway, "moves-ada", "m1", "moves", "4");
    reserve(gateway, "moves-bob", "m2", "moves", "3");
    reserve(gateway, "moves-cleo", "m3", "moves", "2");
    assertThat(state("moves")).isEqualTo("held 9 settled 0 available 1");

    var _ =
        other
            .gateway()
            .settle(
                SettleRequest.newBuilder()
                    .setEngineer("moves-ada")
                    .setHoldId("m1")
                    .setActualAmount(money("USD", "4.5"))
                    .build());
    var _ =
        other
            .gateway()
            .release(ReleaseRequest.newBuilder().setEngineer("moves-bob").setHoldId("m2").build());
    assertThat(state("moves")).isEqualTo("held 2 settled 4.5 available 3.5");

    world.timeIs("2026-03-02T12:10:00Z");
    other.timeIs("2026-03-02T12:10:00Z");
    // Whoever uses the account next ends what is over: the estimate of 2 is booked.
    var _ = reserve(gateway, "moves-cleo", "m4", "moves", "3.5");
    assertThat(state("moves")).isEqualTo("held 3.5 settled 6.5 available 0");
  }

  @Test
  void usageWithoutAHoldCountsFromTheCapsCreationOn() {
    put(cap("metered", "metered", "10"));
    world.timeIs("2026-03-02T12:30:00Z");
    other.timeIs("2026-03-02T12:30:00Z");
    world.engineer("dora", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.usage(
        settled(
            "dora",
            1,
            line("2026-03-02T11:59:00Z", "7").setProject("metered"),
            line("2026-03-02T12:20:00Z", "6").setProject("metered"),
            line("2026-03-02T12:20:00Z", "3").setProject("elsewhere")));
    assertThat(state("metered")).isEqualTo("held 0 settled 6 available 4");
    assertThat(refused(other.gateway(), "ada", "u1", "metered", "4.01").metadata())
        .containsEntry("scope", "caps/metered");

    world.usage(
        settled(
            "dora",
            4,
            line("2026-03-02T12:20:00Z", "-5")
                .setProject("metered")
                .setCause(SettlementCause.SETTLEMENT_CAUSE_REVISED)));
    assertThat(state("metered")).isEqualTo("held 0 settled 1 available 9");
  }

  @Test
  void usageThatNamesAHoldCountsWhereTheHoldDoes() {
    put(cap("true-up", "true-up", "10"));
    reserve(world.gateway(), "ada", "t1", "true-up", "2");
    var _ =
        world
            .gateway()
            .settle(
                SettleRequest.newBuilder()
                    .setEngineer("ada")
                    .setHoldId("t1")
                    .setActualAmount(money("USD", "2"))
                    .build());
    world.usage(
        settled("ada", 1, line("2026-03-02T11:00:00Z", "0.5").setHoldId("t1").setAttempt(1)));
    assertThat(state("true-up")).isEqualTo("held 0 settled 2.5 available 7.5");
  }

  @Test
  void aCapInAnotherCurrencyCountsByTheDaysRateAndRefusesWithoutOne() {
    put(cap("kronor", "kronor", "1").toBuilder().setAmount(money("SEK", "50")).build());
    assertThat(refused(world.gateway(), "ada", "k1", "kronor", "4").reason())
        .isEqualTo("FX_RATE_MISSING");
    world.rate("USD", "SEK", "10", "2026-03-02");
    // 4 dollars are 40 kronor.
    reserve(world.gateway(), "ada", "k3", "kronor", "4");
    assertThat(state("kronor")).isEqualTo("held 40 settled 0 available 10");
    assertThat(refused(other.gateway(), "bob", "k2", "kronor", "1.5").metadata())
        .containsEntry("available", "10.00")
        .containsEntry("requested", "15.00")
        .containsEntry("currency", "SEK");
  }

  @Test
  void aCapThatIsForNamedCallsAloneCountsWhereItIsNamed() {
    put(cap("team", "", "5").toBuilder().setNamedOnly(true).build());
    assertThat(reserve(world.gateway(), "ada", "n1", "team", "50").getScopesList()).isEmpty();
    ReserveRequest named =
        request("ada", "n2", "team", "4").toBuilder().addScopes("caps/team").build();
    assertThat(world.gateway().reserve(named).getHold().getScopesList())
        .containsExactly("caps/team");
    assertThat(other.gateway().reserve(named).getHold().getHoldId()).isEqualTo("n2");
    assertThat(
            Refusal.of(() -> world.gateway().reserve(named.toBuilder().clearScopes().build()))
                .reason())
        .isEqualTo("ID_REUSED");
    Refusal unknown =
        Refusal.of(
            () -> world.gateway().reserve(named.toBuilder().addScopes("caps/nowhere").build()));
    assertThat(unknown.reason()).isEqualTo("NOT_FOUND");
    assertThat(unknown.message()).isEqualTo("cap 'caps/nowhere' does not exist");
    assertThat(
            Refusal.of(
                    () -> world.gateway().reserve(named.toBuilder().addScopes("nowhere").build()))
                .violatedFields())
        .isEqualTo("scopes[1]");
  }

  @Test
  void anotherAmountCountsAtOnceAndNothingElseCanBeChanged() {
    Cap cap = cap("changes", "changes", "5");
    PutCapRequest put = PutCapRequest.newBuilder().setRequestId("c1").setCap(cap).build();
    assertThat(finance.putCap(put).getCap().getTimeZone()).isEqualTo("UTC");
    assertThat(finance.putCap(put)).isEqualTo(finance.putCap(put));
    reserve(world.gateway(), "ada", "c1", "changes", "5");

    put(cap.toBuilder().setAmount(money("USD", "6")).build());
    reserve(other.gateway(), "ada", "c2", "changes", "1");
    put(cap.toBuilder().setAmount(money("USD", "2")).build());
    assertThat(state("changes")).isEqualTo("held 6 settled 0 available -4");
    assertThat(refused(world.gateway(), "ada", "c3", "changes", "0.01").metadata())
        .containsEntry("available", "0.00");
    put(cap.toBuilder().setDisabled(true).build());
    reserve(world.gateway(), "ada", "c4", "changes", "1");

    assertThat(
            Refusal.of(
                    () ->
                        finance.putCap(
                            put.toBuilder().setCap(cap.toBuilder().setTool("ide")).build()))
                .reason())
        .isEqualTo("ID_REUSED");
    Refusal changed =
        Refusal.of(() -> put(cap.toBuilder().setWindow(CapWindow.CAP_WINDOW_MONTH).build()));
    assertThat(changed.reason()).isEqualTo("INVALID_FIELDS");
    assertThat(changed.violatedFields()).isEqualTo("cap");
    assertThat(
            Refusal.of(
                    () ->
                        put(
                            Cap.newBuilder()
                                .setCap("Upper")
                                .setModel("nova")
                                .setAmount(money("USD", "1"))
                                .build()))
                .violatedFields())
        .isEqualTo("cap.cap, cap.model, cap.window");
    assertThat(
            Refusal.of(() -> put(cap("zone", "zone", "1").toBuilder().setTimeZone("X/Y").build()))
                .violatedFields())
        .isEqualTo("cap.time_zone");
    assertThat(Refusal.of(() -> put(cap("below", "below", "-1"))).violatedFields())
        .isEqualTo("cap.amount");
  }

  @Test
  void soManyOfTheSameConditionsAndPagesOfAll() {
    for (int i = 0; i < 8; i++) {
      put(cap("alike-" + i, "alike", "1"));
    }
    Refusal refused = Refusal.of(() -> put(cap("alike-8", "alike", "1")));
    assertThat(refused.reason()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(refused.metadata()).containsEntry("limit", "caps_alike").containsEntry("max", "8");

    List<String> paged = new ArrayList<>();
    String token = "";
    do {
      var page =
          finance.listCaps(ListCapsRequest.newBuilder().setPageSize(3).setPageToken(token).build());
      page.getCapsList().forEach(state -> paged.add(state.getCap().getCap()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(paged).contains("alike-0", "alike-7").isSorted().doesNotHaveDuplicates();
    assertThat(
            Refusal.of(
                    () -> finance.listCaps(ListCapsRequest.newBuilder().setPageToken("x").build()))
                .reason())
        .isEqualTo("PAGE_TOKEN_INVALID");
  }

  @Test
  void financeAloneMakesCaps() {
    FundingServiceBlockingStub gateway =
        world
            .server()
            .stub(FundingServiceGrpc::newBlockingStub, world.server().as("gw", Role.GATEWAY));
    assertThat(
            Refusal.of(
                    () ->
                        gateway.putCap(
                            PutCapRequest.newBuilder()
                                .setRequestId("r")
                                .setCap(cap("mine", "mine", "1"))
                                .build()))
                .reason())
        .isEqualTo("ROLE_MISSING");
    FundingServiceBlockingStub engineer =
        world
            .server()
            .stub(FundingServiceGrpc::newBlockingStub, world.server().as("ada", Role.ENGINEER));
    assertThat(Refusal.of(() -> engineer.listCaps(ListCapsRequest.getDefaultInstance())).reason())
        .isEqualTo("ROLE_MISSING");
  }

  /** The first use of a window, by all at once: one makes the row, and all count in it. */
  @Test
  void ofManyWhoOpenAWindowTogetherExactlyThoseThatFitAreAdmitted() throws Exception {
    put(cap("fresh", "fresh", "7"));
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      EnforcementServiceBlockingStub gateway = (i % 2 == 0 ? world : other).gateway();
      String engineer = List.of("ada", "bob", "cleo").get(i % 3);
      ReserveRequest request =
          request(engineer, "f" + i, "fresh", "1").toBuilder()
              .setOnExpiry(OnExpiry.ON_EXPIRY_RELEASE)
              .build();
      calls.add(
          () -> {
            try {
              return gateway.reserve(request).hasHold();
            } catch (io.grpc.StatusRuntimeException e) {
              assertThat(Refusal.of(e).reason()).isEqualTo("BUDGET_INSUFFICIENT");
              return false;
            }
          });
    }
    int admitted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        admitted += call.get() ? 1 : 0;
      }
    }
    assertThat(admitted).isEqualTo(7);
    assertThat(state("fresh")).isEqualTo("held 7 settled 0 available 0");
  }

  private static Cap cap(String id, String project, String dollars) {
    return Cap.newBuilder()
        .setCap(id)
        .setProject(project)
        .setAmount(money("USD", dollars))
        .setWindow(CapWindow.CAP_WINDOW_DAY)
        .build();
  }

  private static void put(Cap cap) {
    var _ =
        finance.putCap(
            PutCapRequest.newBuilder()
                .setRequestId(java.util.UUID.randomUUID().toString())
                .setCap(cap)
                .build());
  }

  private static CapState listed(String cap) {
    return finance
        .listCaps(ListCapsRequest.newBuilder().setPageSize(500).build())
        .getCapsList()
        .stream()
        .filter(state -> state.getCap().getCap().equals(cap))
        .findFirst()
        .orElseThrow();
  }

  private static String state(String cap) {
    CapState state = listed(cap);
    return "held %s settled %s available %s"
        .formatted(units(state.getHeld()), units(state.getSettled()), units(state.getAvailable()));
  }

  private static String units(com.google.type.Money money) {
    return java.math.BigDecimal.valueOf(MoneyMapper.fromProto(money, "m").nanos(), 9)
        .stripTrailingZeros()
        .toPlainString();
  }

  private static Hold reserve(
      EnforcementServiceBlockingStub gateway,
      String engineer,
      String hold,
      String project,
      String dollars) {
    return gateway.reserve(request(engineer, hold, project, dollars)).getHold();
  }

  private static Refusal refused(
      EnforcementServiceBlockingStub gateway,
      String engineer,
      String hold,
      String project,
      String dollars) {
    return Refusal.of(() -> gateway.reserve(request(engineer, hold, project, dollars)));
  }

  private static ReserveRequest request(
      String engineer, String hold, String project, String dollars) {
    return ReserveRequest.newBuilder()
        .setEngineer(engineer)
        .setHoldId(hold)
        .setProject(project)
        .setAmount(money("USD", dollars))
        .build();
  }
}
