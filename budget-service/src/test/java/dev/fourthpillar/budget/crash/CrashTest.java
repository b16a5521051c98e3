package dev.fourthpillar.budget.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetService;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.ReplicaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
      LoadedLedger.fund(database, keyFile);
      try (ReplicaProcess one = replica(database, keyFile, "one");
          ReplicaProcess two = replica(database, keyFile, "two")) {
        one.awaitReady();
        two.awaitReady();
        BearerToken gateway = LoadedLedger.token(keyFile, Role.GATEWAY);
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
            LoadedLedger.requireBooked(Jdbi.create(database.dataSource()), engineer, load);
          }
          LoadedLedger.requireReconciled(one.channel(), keyFile);
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

  private ReplicaProcess replica(LocalDatabase database, Path keyFile, String name) {
    return ReplicaProcess.start(
        BudgetService.class, database, keyFile, folder.resolve(name + ".log"));
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
