package dev.fourthpillar.budget.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AccountReconciliation;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.TestService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL of replicas and of PostgreSQL while gateways work: what was answered is in the ledger,
 * once, and nothing was let through that was not there.
 */
final class CrashTest {
  /** The most that a victim is left alone between two kills. */
  private static final int MAX_CALM_MILLIS = 1_500;

  @TempDir private Path folder;

  @Test
  void noAcknowledgedCommandIsLostOrAppliedTwice() throws Exception {
    int killsOfEach = Dose.of(1, 50);
    long seed = Dose.seed();
    Path keyFile = folder.resolve("issuer.jwks");
    try (LocalPostgres postgres =
        LocalPostgres.start(LocalPostgresOptions.keptIn(folder.resolve("pg")))) {
      LocalDatabase database = postgres.createDatabase("budget", "budget", "budget-password");
      fund(database, keyFile);
      try (ReplicaProcess one = replica(database, keyFile, "one");
          ReplicaProcess two = replica(database, keyFile, "two")) {
        one.awaitReady();
        two.awaitReady();
        BearerToken gateway = token(keyFile, Role.GATEWAY);
        try (Load load =
            new Load(
                List.of(
                    EnforcementServiceGrpc.newBlockingStub(one.channel())
                        .withCallCredentials(gateway),
                    EnforcementServiceGrpc.newBlockingStub(two.channel())
                        .withCallCredentials(gateway)),
                seed)) {
          kill(killsOfEach, new Random(seed), postgres, List.of(one, two));
          load.finish();

          assertThat(load.wrong()).isEmpty();
          for (String engineer : Load.ENGINEERS) {
            requireBooked(Jdbi.create(database.dataSource()), engineer, load);
          }
          requireReconciled(one, keyFile);
          report(killsOfEach, load);
        }
      }
    }
  }

  private static void kill(
      int killsOfEach, Random random, LocalPostgres postgres, List<ReplicaProcess> replicas)
      throws InterruptedException {
    for (int kill = 0; kill < killsOfEach; kill++) {
      Thread.sleep(random.nextInt(MAX_CALM_MILLIS));
      replicas.get(random.nextInt(replicas.size())).killAndRestart();
      Thread.sleep(random.nextInt(MAX_CALM_MILLIS));
      postgres.kill9();
      postgres.restart();
      replicas.forEach(ReplicaProcess::awaitReady);
    }
  }

  /** Each engineer has 100 dollars; told by a replica that is not there any more afterwards. */
  private static void fund(LocalDatabase database, Path keyFile) {
    try (BudgetWorld world =
        BudgetWorld.at(
            database, Instant.now().toString(), Map.of(TestService.KEY_FILE, keyFile.toString()))) {
      for (String engineer : Load.ENGINEERS) {
        world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
        world.entitled(
            engineer,
            BudgetWorld.annual("a", "2020-01-01", "", "USD", Integer.toString(Load.BUDGET)));
        world.awaitAvailable(engineer, "USD", Integer.toString(Load.BUDGET));
      }
    }
  }

  private static void requireBooked(Jdbi database, String engineer, Load load) {
    Load.Told told = load.told(engineer);
    Map<String, Long> booked = new HashMap<>();
    Map<String, Integer> ends = new HashMap<>();
    database.useHandle(
        handle -> {
          handle
              .createQuery(
                  """
                  select cause_id, amount_nanos from journal
                  where account = :account and debit = 'CONSUMED'
                  """)
              .bind("account", "engineers/" + engineer + "/USD")
              .mapToMap()
              .forEach(
                  row ->
                      assertThat(
                              booked.put(
                                  row.get("cause_id").toString(),
                                  ((Number) row.get("amount_nanos")).longValue()))
                          .as("%s is booked once", row.get("cause_id"))
                          .isNull());
          handle
              .createQuery(
                  "select hold_id, state from hold where engineer = :engineer and state <> 'REFUSED'")
              .bind("engineer", engineer)
              .mapToMap()
              .forEach(row -> ends.merge(row.get("state").toString(), 1, Integer::sum));
        });
    assertThat(booked).as("what %s was charged", engineer).hasSameSizeAs(told.settled);
    assertThat(booked.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(told.settledNanos());
    assertThat(ends)
        .as("how the holds of %s ended", engineer)
        .isEqualTo(ends(told.settled.size(), told.released.size()));
    assertThat(told.refused).as("refusals of " + engineer).isNotEmpty();
    for (ReserveRequest refused : told.refused) {
      assertThat(load.reasonNow(refused))
          .as("%s was refused, and still is", refused.getHoldId())
          .isEqualTo("BUDGET_INSUFFICIENT");
    }
  }

  private static Map<String, Integer> ends(int settled, int released) {
    Map<String, Integer> ends = new HashMap<>();
    if (settled > 0) {
      ends.put("SETTLED", settled);
    }
    if (released > 0) {
      ends.put("RELEASED", released);
    }
    return ends;
  }

  private static void requireReconciled(ReplicaProcess replica, Path keyFile) {
    var accounts =
        LedgerServiceGrpc.newBlockingStub(replica.channel())
            .withCallCredentials(token(keyFile, Role.FINANCE))
            .getReconciliation(GetReconciliationRequest.getDefaultInstance())
            .getAccountsList();
    assertThat(accounts)
        .hasSize(Load.ENGINEERS.size())
        .allMatch(AccountReconciliation::getReconciled);
    assertThat(accounts)
        .as("usage that the budget did not cover")
        .allMatch(account -> account.getStored().getOverage().getUnits() == 0)
        .allMatch(account -> account.getStored().getOverage().getNanos() == 0);
  }

  private ReplicaProcess replica(LocalDatabase database, Path keyFile, String name) {
    return ReplicaProcess.start(database, keyFile, folder.resolve(name + ".log"));
  }

  private static BearerToken token(Path keyFile, Role role) {
    return new BearerToken(
        LocalIssuer.open(keyFile, "fourthpillar")
            .mint(
                new Caller("crash-test", Optional.empty(), Set.of(role)),
                Duration.ofHours(12),
                Instant.now()));
  }

  private static void report(int killsOfEach, Load load) {
    long settled = 0;
    long released = 0;
    long repeated = 0;
    for (String engineer : Load.ENGINEERS) {
      Load.Told told = load.told(engineer);
      settled += told.settled.size();
      released += told.released.size();
      repeated += told.repeated.get();
    }
    System.out.printf(
        "%d kills of a replica, %d of PostgreSQL: %d holds settled, %d released, %d calls repeated%n",
        killsOfEach, killsOfEach, settled, released, repeated);
  }
}
