package dev.fourthpillar.sample.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.events.v1.Cursor;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.SubscribeRequest;
import dev.fourthpillar.events.v1.SubscribeResponse;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.sample.operate.OperatedSample.Settings;
import dev.fourthpillar.sample.v1.PocketServiceGrpc;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.BearerToken;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas are replaced one by one under load, on a schema that the next version has expanded
 * already, and one is added. Callers balance by round robin over what the name resolves to.
 */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/sample"})
class RollingUpdateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CALLERS = 4;

  private final Pods pods = new Pods();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger acknowledged = new AtomicInteger();

  @TempDir private Path folder;
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    NameResolverRegistry.getDefaultRegistry().register(pods);
    channel =
        Grpc.newChannelBuilder(Pods.SCHEME + ":///sample", InsecureChannelCredentials.create())
            .defaultLoadBalancingPolicy("round_robin")
            .build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
    NameResolverRegistry.getDefaultRegistry().deregister(pods);
  }

  @Test
  void replicasAreReplacedAndNobodyLosesAnything(TestDatabase shared) throws Exception {
    TestDatabase database = shared.another();
    List<Settings> settings = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      settings.add(replica(database));
    }
    try (SampleProcess first = SampleProcess.start(settings.get(0), "text");
        SampleProcess second = SampleProcess.start(settings.get(1), "text");
        SampleClient client = settings.get(0).client()) {
      pods.are(port(settings.get(0)), port(settings.get(1)));
      BearerToken finance = new BearerToken(client.token(Role.FINANCE));
      Follower follower = new Follower(channel, finance);
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        String pocket = "pocket-" + caller;
        callers.add(Thread.ofVirtual().start(() -> load(pocket, finance)));
      }
      awaitMore(100);

      expand(database);
      try (SampleProcess third = SampleProcess.start(settings.get(2), "text")) {
        pods.are(port(settings.get(1)), port(settings.get(2)));
        leave(first);
        awaitMore(100);
        try (SampleProcess fourth = SampleProcess.start(settings.get(3), "text")) {
          pods.are(port(settings.get(2)), port(settings.get(3)));
          leave(second);
          awaitMore(100);
          assertThat(served(settings.get(2))).as("calls of the third replica").isPositive();
          assertThat(served(settings.get(3))).as("calls of the fourth replica").isPositive();

          enough.set(true);
          for (Thread caller : callers) {
            assertThat(caller.join(PATIENCE)).isTrue();
          }
          assertThat(failures).isEmpty();
          follower.awaitEvents(acknowledged.get());
          assertThat(total(database)).as("each call once").isEqualTo(acknowledged.get());
          follower.assertEachVersionOnceAndInOrder();
        }
      }
    }
  }

  @Test
  void aReplicaThatIsAddedIsFoundWithinTheAgeOfAConnection(TestDatabase shared) throws Exception {
    TestDatabase database = shared.another();
    Settings one = replica(database).with("fourthpillar.edge.max-connection-age", "2s");
    Settings two = replica(database);
    try (SampleProcess _ = SampleProcess.start(one, "text");
        SampleClient client = one.client()) {
      pods.are(port(one));
      BearerToken finance = new BearerToken(client.token(Role.FINANCE));
      Thread caller = Thread.ofVirtual().start(() -> load("pocket", finance));
      awaitMore(20);
      try (SampleProcess _ = SampleProcess.start(two, "text")) {
        // Nobody tells the channel: it asks again when its connection is told to go.
        pods.are(port(one), port(two));
        await().atMost(PATIENCE).until(() -> served(two) > 0);
        enough.set(true);
        assertThat(caller.join(PATIENCE)).isTrue();
        assertThat(failures).isEmpty();
      }
    }
  }

  private Settings replica(TestDatabase database) {
    return Settings.of(
            new LocalDatabase(database.jdbcUrl(), database.username(), database.password()),
            folder.resolve("issuer.jwks"))
        .with("flyway.datasources.default.enabled", false)
        .with("fourthpillar.drain.balancer-wait", "1s");
  }

  private static int port(Settings settings) {
    return (int) settings.properties().get("grpc.server.port");
  }

  private static void leave(SampleProcess replica) throws InterruptedException {
    replica.terminate();
    replica.awaitExit(PATIENCE);
    assertThat(replica.lines())
        .anyMatch(line -> line.endsWith("drained"))
        .noneMatch(line -> line.contains("cutting"));
  }

  /** Calls until it is enough; what did not arrive is said again with the same id. */
  private void load(String pocket, BearerToken finance) {
    for (int call = 0; !enough.get(); call++) {
      String id = pocket + "-" + call;
      try {
        while (!put(pocket, id, finance)) {
          Thread.sleep(20);
        }
        acknowledged.incrementAndGet();
      } catch (RuntimeException e) {
        failures.add(e);
        return;
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private boolean put(String pocket, String id, BearerToken finance) {
    try {
      PocketServiceGrpc.newBlockingStub(channel)
          .withCallCredentials(finance)
          .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .putInPocket(SampleClient.oneDollar(id).toBuilder().setPocket(pocket).build());
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
        return false;
      }
      throw e;
    }
  }

  private void awaitMore(int calls) {
    int then = acknowledged.get() + calls;
    await()
        .atMost(PATIENCE)
        .failFast("a caller gave up", () -> !failures.isEmpty())
        .until(() -> acknowledged.get() >= then);
  }

  /** What a migration of the next version leaves behind, for which this version has no file. */
  private static void expand(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter table pocket add column of_the_next_version text");
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

  private static long served(Settings settings) {
    try (SampleClient client = settings.client()) {
      return client
          .get("/prometheus")
          .body()
          .lines()
          .filter(line -> line.startsWith("grpc_server_processing_duration_seconds_count"))
          .filter(line -> line.contains("method=\"PutInPocket\""))
          .count();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static long total(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select sum(version) from pocket")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Reads the feed, and goes on from its cursors elsewhere whenever a stream ends. */
  private static final class Follower implements StreamObserver<SubscribeResponse> {
    private final ManagedChannel channel;
    private final BearerToken token;
    private final Map<Integer, Cursor> cursors = new HashMap<>();
    private final Map<String, List<Long>> versions = new HashMap<>();

    Follower(ManagedChannel channel, BearerToken token) {
      this.channel = channel;
      this.token = token;
      follow();
    }

    private synchronized void follow() {
      EventFeedServiceGrpc.newStub(channel)
          .withCallCredentials(token)
          .withWaitForReady()
          .subscribe(SubscribeRequest.newBuilder().addAllCursors(cursors.values()).build(), this);
    }

    @Override
    public synchronized void onNext(SubscribeResponse response) {
      response
          .getBatchesList()
          .forEach(
              batch -> {
                cursors.put(batch.getTo().getPartition(), batch.getTo());
                for (Event event : batch.getEventsList()) {
                  versions
                      .computeIfAbsent(event.getKey(), _ -> new ArrayList<>())
                      .add(event.getVersion());
                }
              });
    }

    @Override
    public void onError(Throwable ended) {
      if (!channel.isShutdown()) {
        follow();
      }
    }

    @Override
    public void onCompleted() {
      throw new AssertionError("ended without a reason");
    }

    void awaitEvents(long wanted) {
      await().atMost(PATIENCE).until(() -> count() >= wanted);
    }

    private synchronized long count() {
      return versions.values().stream().mapToLong(List::size).sum();
    }

    synchronized void assertEachVersionOnceAndInOrder() {
      versions.forEach(
          (key, seen) ->
              assertThat(seen)
                  .as(key)
                  .containsExactlyElementsOf(
                      LongStream.rangeClosed(1, seen.size()).boxed().toList()));
    }
  }
}
