package dev.fourthpillar.budget.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.BudgetService;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.Pods;
import dev.fourthpillar.testkit.service.ReplicaProcess;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under load a replica is added, one is replaced and one leaves, on a schema that the next version
 * has expanded already. Gateways balance by round robin over what the name resolves to.
 */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class RollingUpdateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration BETWEEN_HOLDS = Duration.ofMillis(250);

  private final Pods pods = new Pods();
  private final ServedBy served = new ServedBy();

  @TempDir private Path folder;
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    NameResolverRegistry.getDefaultRegistry().register(pods);
    channel =
        Grpc.newChannelBuilder(Pods.SCHEME + ":///budget", InsecureChannelCredentials.create())
            .defaultLoadBalancingPolicy("round_robin")
            .intercept(served)
            .build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
    NameResolverRegistry.getDefaultRegistry().deregister(pods);
  }

  @Test
  void nothingAcknowledgedIsLostWhileReplicasComeAndGo(TestDatabase shared) throws Exception {
    TestDatabase test = shared.another();
    LocalDatabase database = new LocalDatabase(test.jdbcUrl(), test.username(), test.password());
    Path keyFile = folder.resolve("issuer.jwks");
    LoadedLedger.fund(database, keyFile);
    try (ReplicaProcess one = replica(database, keyFile, "one");
        ReplicaProcess two = replica(database, keyFile, "two")) {
      one.awaitReady();
      two.awaitReady();
      expand(test);
      BearerToken gateway = LoadedLedger.token(keyFile, Role.GATEWAY);
      try (ReplicaProcess three = replica(database, keyFile, "three")) {
        pods.are(one.port());
        Follower follower = new Follower(channel, LoadedLedger.token(keyFile, Role.SERVICE));
        try (Load load =
            new Load(
                List.of(
                    EnforcementServiceGrpc.newBlockingStub(channel).withCallCredentials(gateway)),
                Dose.seed(),
                BETWEEN_HOLDS)) {
          awaitServedBy(one);

          // Nobody tells the channel: it asks again when its connection is told to go.
          pods.are(one.port(), two.port());
          awaitServedBy(two);

          three.awaitReady();
          pods.are(two.port(), three.port());
          one.leave();
          awaitServedBy(three);
          pods.are(three.port());
          two.leave();
          load.finish();

          assertThat(load.wrong()).isEmpty();
          for (String engineer : Load.ENGINEERS) {
            LoadedLedger.requireBooked(Jdbi.create(test.dataSource()), engineer, load);
          }
          LoadedLedger.requireReconciled(channel, keyFile);
          requireTold(follower, load);
          assertThat(follower.streams()).as("it had to go elsewhere").isGreaterThan(1);
        }
      }
    }
  }

  private ReplicaProcess replica(LocalDatabase database, Path keyFile, String name) {
    return ReplicaProcess.start(
        BudgetService.class,
        database,
        keyFile,
        folder.resolve(name + ".log"),
        "--flyway.datasources.default.enabled=false",
        "--fourthpillar.edge.max-connection-age=2s",
        "--fourthpillar.drain.balancer-wait=500ms",
        "--fourthpillar.drain.streams-wait=1s");
  }

  private void awaitServedBy(ReplicaProcess replica) {
    await().atMost(PATIENCE).until(() -> served.port(replica.port()));
  }

  /** Each hold that was settled is told, and none twice. */
  private static void requireTold(Follower follower, Load load) {
    List<String> ended =
        Load.ENGINEERS.stream()
            .map(load::told)
            .flatMap(told -> told.settled.keySet().stream())
            .toList();
    await().atMost(PATIENCE).until(() -> follower.ended().containsAll(ended));
    assertThat(follower.ended()).doesNotHaveDuplicates();
  }

  /** What a migration of the next version leaves behind, for which this version has no file. */
  private static void expand(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table hold add column of_the_next_version text");
      statement.execute(
          """
          insert into flyway_schema_history
            (installed_rank, version, description, type, script, checksum, installed_by,
             execution_time, success)
          select max(installed_rank) + 1, '9000', 'next', 'SQL', 'V9000__next.sql', 1, 'test', 1, true
          from flyway_schema_history
          """);
    }
  }
}
