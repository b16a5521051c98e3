package dev.fourthpillar.sample.operate;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.events.v1.Cursor;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica is told to end, and nobody who talks to it loses anything. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
class DrainTest {
  /** What the operating system reports of a process that SIGTERM ended: 128 + 15. */
  private static final int EXIT_TERMINATED = 143;

  /** What the launcher ends a process with that does not end by itself. */
  private static final int EXIT_HALTED = 1;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private Settings settings(TestDatabase database) {
    return Settings.of(
        new LocalDatabase(database.jdbcUrl(), database.username(), database.password()),
        folder.resolve("issuer.jwks"));
  }

  @Test
  void callsAndSubscriptionsMoveToAnotherReplica(TestDatabase shared) throws Exception {
    TestDatabase database = shared.another();
    Settings leaving =
        settings(database)
            .with("fourthpillar.drain.balancer-wait", "3s")
            .with("fourthpillar.drain.graceful-wait", "20s");
    try (SampleProcess replica = SampleProcess.start(leaving, "text");
        SampleClient client = leaving.client();
        OperatedSample staying = OperatedSample.start(settings(database));
        Connection lock = database.dataSource().getConnection()) {
      String finance = client.token(Role.FINANCE);
      Subscriber subscriber = new Subscriber();
      client.feed(finance).subscribe(SubscribeRequest.getDefaultInstance(), subscriber);
      client.pockets(finance).putInPocket(SampleClient.oneDollar("1"));
      subscriber.awaitVersions(1);

      // A call under way that waits for somebody's lock, and goes on waiting while we drain.
      lock(lock);
      var waiting =
          client
              .laterPockets(finance)
              .putInPocket(
                  SampleClient.oneDollar("waiting").toBuilder().setPocket("locked").build());
      await().atMost(PATIENCE).until(() -> waitsForLock(database));

      replica.terminate();
      replica.awaitLine("drain 2/5");
      assertThat(client.health("")).isEqualTo(NOT_SERVING);
      assertThat(client.get("/health/readiness").statusCode()).isEqualTo(503);
      assertThat(client.get("/health/liveness").statusCode()).isEqualTo(200);
      client.pockets(finance).putInPocket(SampleClient.oneDollar("2"));
      assertThat(subscriber.ended).as("served while balancers take notice").isNotDone();

      StatusRuntimeException end = subscriber.end();
      assertThat(StatusProto.fromThrowable(end).getDetailsList())
          .anySatisfy(detail -> assertThat(detail.toString()).contains("DRAINING"));

      staying.client().pockets(finance).putInPocket(SampleClient.oneDollar("3"));
      staying
          .client()
          .feed(finance)
          .subscribe(
              SubscribeRequest.newBuilder().addAllCursors(subscriber.cursors()).build(),
              subscriber.goesOn());
      subscriber.awaitVersions(3);

      replica.awaitLine("drain 4/5");
      assertThat(waiting.isDone()).isFalse();
      lock.rollback();
      assertThat(waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getPocket().getVersion())
          .isEqualTo(1);
      assertThat(replica.awaitExit(PATIENCE)).isEqualTo(EXIT_TERMINATED);
      assertThat(replica.lines()).anyMatch(line -> line.endsWith("drained"));
      subscriber.awaitVersions(3);
    }
  }

  @Test
  void aCallThatNeverEndsIsCutWithoutEffect(TestDatabase shared) throws Exception {
    TestDatabase database = shared.another();
    Settings leaving = settings(database).with("fourthpillar.drain.graceful-wait", "1s");
    try (SampleProcess replica = SampleProcess.start(leaving, "text");
        SampleClient client = leaving.client();
        Connection lock = database.dataSource().getConnection()) {
      lock(lock);
      var hanging =
          client
              .laterPockets(client.token(Role.FINANCE))
              .putInPocket(
                  SampleClient.oneDollar("hanging").toBuilder().setPocket("locked").build());
      await().atMost(PATIENCE).until(() -> waitsForLock(database));

      replica.terminate();
      assertThatThrownBy(() -> hanging.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
      assertThat(replica.awaitExit(PATIENCE)).isEqualTo(EXIT_TERMINATED);
      assertThat(replica.lines()).anyMatch(line -> line.contains("drain 5/5: cutting"));

      lock.rollback();
      assertThat(pockets(database)).as("the call that was cut left nothing").isZero();
    }
  }

  @Test
  void aProcessThatDoesNotCloseIsEndedByTheLimit(TestDatabase shared) throws Exception {
    Settings stuck =
        settings(shared.another())
            .with("fourthpillar.drain.streams-wait", "0s")
            .with("fourthpillar.drain.graceful-wait", "1s")
            .with("test.hanging-close", true);
    try (SampleProcess replica = SampleProcess.start(stuck, "text")) {
      replica.terminate();
      assertThat(replica.awaitExit(PATIENCE)).isEqualTo(EXIT_HALTED);
      assertThat(replica.lines()).anyMatch(line -> line.contains("not closed within PT4S"));
    }
  }

  @Test
  void whoWaitsForAReplicaGoesOnWhenItHasClosed(TestDatabase shared) throws Exception {
    OperatedSample sample = OperatedSample.start(settings(shared.another()));
    Thread waiting = Thread.ofVirtual().start(sample::await);
    assertThat(waiting.join(Duration.ofMillis(200))).as("ended while it runs").isFalse();
    sample.close();
    assertThat(waiting.join(PATIENCE)).as("ended when it has closed").isTrue();
  }

  /** Locks ada's pocket "locked" before it is there, as PocketRepository does. */
  private static void lock(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(hashtextextended('pocket/ada/locked', 0))");
    }
  }

  private static boolean waitsForLock(TestDatabase database) throws SQLException {
    return number(
            database,
            """
            select count(*) from pg_locks
            where not granted and locktype = 'advisory'
              and database = (select oid from pg_database where datname = current_database())
            """)
        > 0;
  }

  private static long pockets(TestDatabase database) throws SQLException {
    return number(database, "select count(*) from pocket");
  }

  private static long number(TestDatabase database, String query) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Reads the feed, remembers its cursors, and goes on elsewhere with them. */
  private static final class Subscriber implements StreamObserver<SubscribeResponse> {
    private final Map<Integer, Cursor> cursors;
    private final List<Long> versions;
    private final CompletableFuture<StatusRuntimeException> ended = new CompletableFuture<>();

    Subscriber() {
      this(new HashMap<>(), new CopyOnWriteArrayList<>());
    }

    private Subscriber(Map<Integer, Cursor> cursors, List<Long> versions) {
      this.cursors = cursors;
      this.versions = versions;
    }

    Subscriber goesOn() {
      return new Subscriber(cursors, versions);
    }

    @Override
    public synchronized void onNext(SubscribeResponse response) {
      response
          .getBatchesList()
          .forEach(
              batch -> {
                cursors.put(batch.getTo().getPartition(), batch.getTo());
                batch.getEventsList().stream()
                    .filter(event -> event.getKey().equals("ada/lunch"))
                    .forEach(event -> versions.add(event.getVersion()));
              });
    }

    @Override
    public void onError(Throwable thrown) {
      ended.complete((StatusRuntimeException) thrown);
    }

    @Override
    public void onCompleted() {
      ended.completeExceptionally(new AssertionError("ended without a reason"));
    }

    synchronized Collection<Cursor> cursors() {
      return List.copyOf(cursors.values());
    }

    StatusRuntimeException end() throws Exception {
      return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Each version from 1 on, once and in order. */
    void awaitVersions(long last) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(versions)
                      .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList()));
    }
  }
}
