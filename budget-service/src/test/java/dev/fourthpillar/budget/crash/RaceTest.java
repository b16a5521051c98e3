package dev.fourthpillar.budget.crash;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AccountReconciliation;
import dev.fourthpillar.budget.v1.Cap;
import dev.fourthpillar.budget.v1.CapState;
import dev.fourthpillar.budget.v1.CapWindow;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.ExtendHoldRequest;
import dev.fourthpillar.budget.v1.FundingServiceGrpc;
import dev.fourthpillar.budget.v1.FundingServiceGrpc.FundingServiceBlockingStub;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.Hold;
import dev.fourthpillar.budget.v1.HoldState;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.ListCapsRequest;
import dev.fourthpillar.budget.v1.ListHoldsRequest;
import dev.fourthpillar.budget.v1.ListHoldsResponse;
import dev.fourthpillar.budget.v1.PutCapRequest;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.budget.v1.SettledCall;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two replicas on one database, and 64 callers at each. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class RaceTest {
  private static final String NOON = "2026-03-02T12:00:00Z";
  private static final int CALLERS_EACH = 64;

  private static final long NANOS_PER_CENT = 10_000_000;

  /** Of one batch, whose people are told of together. */
  private static final int ROUNDS = 100;

  private static BudgetWorld world;
  private static BudgetWorld other;
  private static List<EnforcementServiceBlockingStub> gateways;

  @BeforeAll
  static void start(TestDatabase database) {
    Map<String, Object> settings = Map.of("fourthpillar.enforcement.facts-ttl", "0s");
    world = BudgetWorld.at(database, NOON, settings);
    other = BudgetWorld.at(database, NOON, settings);
    gateways = List.of(world.gateway(), other.gateway());
  }

  @AfterAll
  static void stop() {
    world.close();
    other.close();
  }

  /** Of n holds of p each, a budget of k × p or up to p more has room for exactly k. */
  @Test
  void exactlyThoseThatFitAreAdmitted() throws Exception {
    int batches = Dose.of(1, 10);
    Random random = new Random(Dose.seed());
    for (int batch = 0; batch < batches; batch++) {
      List<Round> rounds = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        rounds.add(Round.of("race-" + batch + "-" + i, random));
      }
      rounds.forEach(round -> entitle(round.engineer, dollars(round.budget)));
      rounds.forEach(round -> world.awaitAvailable(round.engineer, "USD", dollars(round.budget)));
      Map<Round, List<Boolean>> answers = new HashMap<>();
      for (Round round : rounds) {
        List<Boolean> first = race(round, 0);
        answers.put(round, first);
        assertThat(first).as("%s", round).filteredOn(one -> one).hasSize(round.fit);
        assertThat(world.available(round.engineer, "USD"))
            .as("%s", round)
            .isEqualTo(dollars(round.budget - round.fit * round.each));
      }
      // The same ids at the other replica: admissions stay admissions, and refusals refusals.
      Round some = rounds.get(random.nextInt(ROUNDS));
      assertThat(race(some, 1)).as("%s, again", some).isEqualTo(answers.get(some));
    }
  }

  /** The same with a cap that eight engineers share, each of whom has far more. */
  @Test
  void exactlyThoseThatFitACapTheyShareAreAdmitted() throws Exception {
    int rounds = Dose.of(20, 200);
    Random random = new Random(Dose.seed());
    List<String> engineers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      engineers.add("shares-" + i);
      fund("shares-" + i, "1000000");
    }
    for (int i = 0; i < rounds; i++) {
      Round round = Round.of("cap-" + i, random);
      // Some calls count in a second cap, whose row they lock after the first one's.
      put("race-" + i, "race-" + i, "", dollars(round.budget));
      put("race-" + i + "-ide", "race-" + i, "ide", "1000000");
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int caller = 0; caller < 2 * CALLERS_EACH; caller++) {
        ReserveRequest reserve =
            reserve(engineers.get(caller % 8), round.engineer + "-" + caller, round.each)
                .toBuilder()
                .setProject("race-" + i)
                .setTool(caller % 3 == 0 ? "ide" : "")
                .build();
        EnforcementServiceBlockingStub gateway = gateways.get(caller % 2);
        calls.add(() -> admitted(gateway, reserve));
      }

      assertThat(together(calls)).as("%s", round).filteredOn(one -> one).hasSize(round.fit);

      assertThat(cap("race-" + i).getHeld())
          .as("%s", round)
          .isEqualTo(money("USD", dollars(round.fit * round.each)));
    }
    assertThat(deadlocks()).isZero();
  }

  private static void put(String cap, String project, String tool, String dollars) {
    var _ =
        funding()
            .putCap(
                PutCapRequest.newBuilder()
                    .setRequestId(cap)
                    .setCap(
                        Cap.newBuilder()
                            .setCap(cap)
                            .setProject(project)
                            .setTool(tool)
                            .setAmount(money("USD", dollars))
                            .setWindow(CapWindow.CAP_WINDOW_TOTAL))
                    .build());
  }

  private static CapState cap(String cap) {
    return funding()
        .listCaps(ListCapsRequest.newBuilder().setPageSize(500).build())
        .getCapsList()
        .stream()
        .filter(state -> state.getCap().getCap().equals(cap))
        .findFirst()
        .orElseThrow();
  }

  private static FundingServiceBlockingStub funding() {
    return world
        .server()
        .stub(FundingServiceGrpc::newBlockingStub, world.server().as("fin", Role.FINANCE));
  }

  /**
   * One race.
   *
   * @param fit how many holds the budget has room for
   * @param each nanos of a hold
   */
  private record Round(String engineer, int fit, long each, long budget) {
    static Round of(String engineer, Random random) {
      int fit = 1 + random.nextInt(2 * CALLERS_EACH - 1);
      // Budgets are whole cents; each hold is more than a (fit + 1)th of it, and at most a fit-th.
      long budget = (100 + random.nextInt(100_000)) * NANOS_PER_CENT;
      long tooSmall = budget / (fit + 1);
      long each = tooSmall + 1 + random.nextLong(budget / fit - tooSmall);
      return new Round(engineer, fit, each, budget);
    }
  }

  /** Who of all callers was admitted. */
  private static List<Boolean> race(Round round, int firstReplica) throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int caller = 0; caller < 2 * CALLERS_EACH; caller++) {
      ReserveRequest reserve = reserve(round.engineer, "h" + caller, round.each);
      EnforcementServiceBlockingStub gateway = gateways.get((caller + firstReplica) % 2);
      calls.add(() -> admitted(gateway, reserve));
    }
    return together(calls);
  }

  /** Calls, the feed's usage and changed budgets, on the same accounts in every order. */
  @Test
  void mixedLoadEndsWithoutADeadlockAndReconciled() throws Exception {
    Duration load = Duration.ofSeconds(Dose.of(3, 300));
    long seed = Dose.seed();
    List<String> engineers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      engineers.add("mixed-" + i);
      fund("mixed-" + i, "1000");
    }
    put("mixed", "mixed", "", "1000000");
    put("mixed-ide", "mixed", "ide", "1000000");
    Instant end = Instant.now().plus(load);
    AtomicLong calls = new AtomicLong();
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int caller = 0; caller < 2 * CALLERS_EACH; caller++) {
      Random random = new Random(seed + caller);
      String prefix = "m" + caller + "-";
      work.add(
          () -> {
            for (int call = 0; Instant.now().isBefore(end); call++) {
              one(random, engineers.get(random.nextInt(engineers.size())), prefix + call);
              calls.incrementAndGet();
            }
            return true;
          });
    }
    work.add(() -> feed(engineers, end));

    assertThat(together(work)).containsOnly(true);

    assertThat(deadlocks()).isZero();
    for (String engineer : engineers) {
      assertThat(reconciled(engineer)).as(engineer).isEmpty();
    }
    capCountsItsHolds("mixed", engineers, _ -> true);
    capCountsItsHolds("mixed-ide", engineers, hold -> hold.getTool().equals("ide"));
    System.out.printf("mixed load of %s: %d calls, no deadlock%n", load, calls.get());
  }

  private static void capCountsItsHolds(
      String cap, List<String> engineers, Predicate<Hold> counts) {
    long held = 0;
    long booked = 0;
    for (String engineer : engineers) {
      String token = "";
      do {
        ListHoldsResponse page =
            gateways
                .getFirst()
                .listHolds(
                    ListHoldsRequest.newBuilder()
                        .setEngineer(engineer)
                        .setPageSize(500)
                        .setPageToken(token)
                        .build());
        for (Hold hold : page.getHoldsList().stream().filter(counts).toList()) {
          if (hold.getState() == HoldState.HOLD_STATE_HELD) {
            held += nanos(hold.getHeldAmount());
          }
          for (SettledCall call : hold.getCallsList()) {
            booked += nanos(call.getListAmount());
          }
        }
        token = page.getNextPageToken();
      } while (!token.isEmpty());
    }
    CapState state = cap(cap);
    assertThat(nanos(state.getHeld())).as(cap).isEqualTo(held);
    assertThat(nanos(state.getSettled())).as(cap).isEqualTo(booked).isPositive();
  }

  private static long nanos(Money money) {
    return MoneyMapper.fromProto(money, "amount").nanos();
  }

  private static long deadlocks() {
    return world
        .server()
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select deadlocks from pg_stat_database where datname = current_database()")
                    .mapTo(Long.class)
                    .one());
  }

  private static void one(Random random, String engineer, String hold) {
    EnforcementServiceBlockingStub gateway = gateways.get(random.nextInt(2));
    ReserveRequest reserve =
        reserve(engineer, hold, 1L + random.nextInt(50_000_000)).toBuilder()
            .setProject("mixed")
            .setTool(random.nextBoolean() ? "ide" : "")
            .build();
    if (!admitted(gateway, reserve)) {
      return;
    }
    EnforcementServiceBlockingStub later = gateways.get(random.nextInt(2));
    switch (random.nextInt(4)) {
      case 0 -> {
        var _ =
            later.release(
                ReleaseRequest.newBuilder().setEngineer(engineer).setHoldId(hold).build());
      }
      case 1 -> {
        var _ =
            later.extendHold(
                ExtendHoldRequest.newBuilder()
                    .setEngineer(engineer)
                    .setHoldId(hold)
                    .addIds("resp-" + hold)
                    .build());
        var _ = later.settle(settle(engineer, hold, random));
      }
      default -> {
        var _ = later.settle(settle(engineer, hold, random));
      }
    }
  }

  /** All engineers in one transaction, forwards and backwards, and their budgets up and down. */
  private static boolean feed(List<String> engineers, Instant end) {
    for (int round = 0; Instant.now().isBefore(end); round++) {
      List<String> order = round % 2 == 0 ? engineers : engineers.reversed();
      long number = round + 1L;
      var usage =
          order.stream()
              .map(engineer -> settled(engineer, number, line("2026-03-02T11:00:00Z", "0.001")))
              .toArray(UsageSettled[]::new);
      world.usage(usage);
      String engineer = engineers.get(round % engineers.size());
      other.entitled(
          engineer, annual("a", "2026-01-01", "", "USD", Integer.toString(1_000 + round % 7)));
    }
    return true;
  }

  private static String reconciled(String engineer) {
    AccountReconciliation account =
        world
            .server()
            .stub(LedgerServiceGrpc::newBlockingStub, world.server().as("fin", Role.FINANCE))
            .getReconciliation(
                GetReconciliationRequest.newBuilder()
                    .setAccount("engineers/" + engineer + "/USD")
                    .build())
            .getAccounts(0);
    return account.getProblem();
  }

  private static void fund(String engineer, String dollars) {
    entitle(engineer, dollars);
    world.awaitAvailable(engineer, "USD", dollars);
  }

  private static void entitle(String engineer, String dollars) {
    world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(engineer, annual("a", "2026-01-01", "", "USD", dollars));
  }

  private static boolean admitted(EnforcementServiceBlockingStub gateway, ReserveRequest reserve) {
    while (true) {
      try {
        var _ = gateway.reserve(reserve);
        return true;
      } catch (StatusRuntimeException e) {
        String reason = Refusal.of(e).reason();
        if (reason.equals("BUDGET_INSUFFICIENT")) {
          return false;
        }
        if (!Set.of("OVERLOADED").contains(reason)) {
          throw e;
        }
      }
    }
  }

  private static ReserveRequest reserve(String engineer, String hold, long nanos) {
    return ReserveRequest.newBuilder()
        .setEngineer(engineer)
        .setHoldId(hold)
        .setAmount(money("USD", dollars(nanos)))
        .build();
  }

  private static SettleRequest settle(String engineer, String hold, Random random) {
    return SettleRequest.newBuilder()
        .setEngineer(engineer)
        .setHoldId(hold)
        .setActualAmount(money("USD", dollars(random.nextInt(60_000_000))))
        .build();
  }

  private static String dollars(long nanos) {
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }

  private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> call : threads.invokeAll(calls)) {
        results.add(call.get());
      }
      return results;
    }
  }
}
