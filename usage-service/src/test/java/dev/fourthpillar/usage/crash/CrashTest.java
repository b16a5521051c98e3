package dev.fourthpillar.usage.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.service.BearerToken;
import dev.fourthpillar.testkit.service.ReplicaProcess;
import dev.fourthpillar.usage.UsageService;
import dev.fourthpillar.usage.receive.Sender;
import dev.fourthpillar.usage.settle.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL of the service and of PostgreSQL while usage comes in by every door, and five seconds
 * without a database: what was acknowledged is there, once, and charged once.
 */
final class CrashTest {
  private static final String ENGINEER = "ada";

  /** The most that a victim is left alone between two kills. */
  private static final int MAX_CALM_MILLIS = 600;

  private static final Duration AWAY = Duration.ofSeconds(5);

  private static final String GRPC = "otlp-grpc";
  private static final String PROTOBUF = "otlp-http-protobuf";
  private static final String JSON = "otlp-http-json";
  private static final String RECORD = "record-usage";
  private static final String STREAM = "stream-usage";

  @TempDir private Path folder;

  @Test
  void whatIsAcknowledgedIsThereOnceWhateverDies() throws Exception {
    int killsOfEach = Dose.of(1, 40);
    long seed = Dose.seed();
    Path keyFile = folder.resolve("issuer.jwks");
    int otlpGrpc = ReplicaProcess.freePort();
    int otlpHttp = ReplicaProcess.freePort();
    try (LocalPostgres postgres =
        LocalPostgres.start(LocalPostgresOptions.keptIn(folder.resolve("pg")))) {
      LocalDatabase database = postgres.createDatabase("usage", "usage", "usage-password");
      try (ReplicaProcess replica =
          ReplicaProcess.start(
              UsageService.class,
              database,
              keyFile,
              folder.resolve("replica.log"),
              "--fourthpillar.otlp.grpc-port=" + otlpGrpc,
              "--fourthpillar.otlp.http-port=" + otlpHttp,
              // Five seconds and what PostgreSQL needs to recover, on a machine that does more.
              "--fourthpillar.otlp.outage-wait=1m")) {
        replica.awaitReady();
        Jdbi jdbi = JdbiSettings.apply(Jdbi.create(database.dataSource()));
        aPersonIsKnown(jdbi);
        String token = token(keyFile);
        BearerToken credentials = new BearerToken(token);
        try (Sender sender = new Sender(otlpGrpc, otlpHttp, token);
            Senders senders =
                new Senders(
                    Map.of(
                        GRPC, Door.otlpGrpc(sender),
                        PROTOBUF, Door.otlpHttpProtobuf(sender),
                        JSON, Door.otlpHttpJson(sender),
                        RECORD, Door.recordUsage(replica.channel(), credentials),
                        STREAM, Door.streamUsage(replica.channel(), credentials)),
                    seed)) {
          senders.awaitProgress();
          kill(killsOfEach, new Random(seed), postgres, replica);
          senders.awaitProgress();
          senders.forget();

          postgres.kill9();
          Thread.sleep(AWAY);
          postgres.restart();
          senders.awaitProgress();
          senders.finish();

          assertThat(senders.wrong()).isEmpty();
          // Telemetry waits; who can send again is told when, and nobody is cut off.
          assertThat(senders.refused(GRPC)).isEmpty();
          assertThat(senders.refused(PROTOBUF)).isEmpty();
          assertThat(senders.refused(JSON)).isEmpty();
          assertThat(senders.refused(RECORD)).allMatch(NotAcknowledged::wasTold);
          assertThat(senders.refused(STREAM)).allMatch(NotAcknowledged::wasTold);
          requireOnce(jdbi, senders.acknowledged());
          System.out.printf(
              "%d kills of the service, %d of PostgreSQL: %d calls acknowledged%n",
              killsOfEach, killsOfEach + 1, senders.acknowledged().size());
        }
      }
    }
  }

  private static void kill(
      int killsOfEach, Random random, LocalPostgres postgres, ReplicaProcess replica)
      throws InterruptedException {
    for (int kill = 0; kill < killsOfEach; kill++) {
      Thread.sleep(random.nextInt(MAX_CALM_MILLIS));
      replica.killAndRestart();
      Thread.sleep(random.nextInt(MAX_CALM_MILLIS));
      postgres.kill9();
      postgres.restart();
      replica.awaitReady();
    }
  }

  private static void requireOnce(Jdbi jdbi, Map<String, SentCall> acknowledged) {
    Map<String, String> expected = new HashMap<>();
    acknowledged.forEach(
        (id, call) -> expected.put(id, "1 SETTLED %d %d".formatted(call.input(), call.output())));
    Map<String, String> stored = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select a.id,
                      (select count(*) from evidence e where e.unit_id = u.id) || ' ' || v.state
                        || ' ' || (v.meters->'input'->>0) || ' ' || (v.meters->'output'->>0) as call
                    from unit_alias a
                    join unit u on u.id = a.unit_id
                    join unit_value v on v.unit_id = u.id
                    where a.provider = :provider
                    """)
                .bind("provider", SentCall.PROVIDER)
                .map((row, _) -> stored.put(row.getString("id"), row.getString("call")))
                .list());
    assertThat(stored).isEqualTo(expected);
    long units =
        jdbi.withHandle(
            handle -> handle.createQuery("select count(*) from unit").mapTo(Long.class).one());
    assertThat(units).isEqualTo(acknowledged.size());
    assertThat(World.wrongSums(jdbi)).isEmpty();
    assertThat(World.wrongUnits(jdbi)).isEmpty();

    // What budget-service hears: numbered without a gap, and each call's charge once.
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> World.untold(jdbi) == 0);
    long told = 0;
    long last = 0;
    for (UsageSettled event : World.told(jdbi)) {
      assertThat(event.getEngineer()).isEqualTo(ENGINEER);
      assertThat(event.getFirst()).isEqualTo(last + 1);
      last = event.getLast();
      for (UsageLine line : event.getLinesList()) {
        told += World.nanos(line.getListAmount());
      }
    }
    assertThat(told).isEqualTo(acknowledged.values().stream().mapToLong(SentCall::nanos).sum());
  }

  /** As comp-service tells. */
  private static void aPersonIsKnown(Jdbi jdbi) {
    jdbi.useTransaction(
        handle -> {
          handle.execute(
              "insert into person (engineer, version, team, manager, time_zone) values (?, 1, '', '', 'UTC')",
              ENGINEER);
          handle.execute(
              "insert into person_country (engineer, since, country) values (?, timestamptz 'epoch', 'US')",
              ENGINEER);
        });
  }

  private static String token(Path keyFile) {
    return LocalIssuer.open(keyFile, "fourthpillar")
        .mint(
            new Caller("laptop", Optional.of(ENGINEER), Set.of(Role.INGEST)),
            Duration.ofHours(6),
            Instant.now());
  }
}
