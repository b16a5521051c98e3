package dev.fourthpillar.backbone.feed.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.feed.FeedConfig;
import dev.fourthpillar.backbone.feed.FeedLimits;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.feed.StoredEvent;
import dev.fourthpillar.backbone.feed.TestFeed;
import dev.fourthpillar.backbone.feed.Wake;
import dev.fourthpillar.test.v1.Noticed;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The running sequencer: what stands in its way delays other things, never the events. */
@PostgresTest(migrations = "classpath:db/feed")
final class SequencerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private TestFeed feed;

  @BeforeEach
  void freshFeed(TestDatabase database) {
    feed = TestFeed.in(database.another().dataSource(), 1);
  }

  private Sequencer start() {
    return new Sequencer(
            feed.jdbi(),
            FeedConfig.defaults().withPartitions(1),
            new Wake(),
            UuidCreator::getTimeOrderedEpoch)
        .start();
  }

  @Test
  void aBackupThatReadsTheLogKeepsOldDaysButDelaysNoEvent() {
    feed.jdbi()
        .useHandle(
            h -> {
              h.execute(
                  "create table feed_log_20200101 (like feed_log, primary key (partition, position))");
              h.execute(
                  """
                  alter table feed_log attach partition feed_log_20200101
                  for values from ('2020-01-01T00:00:00Z') to ('2020-01-02T00:00:00Z')
                  """);
            });
    try (Handle backup = feed.jdbi().open()) {
      backup.begin();
      backup.createQuery("select count(*) from feed_log").mapTo(long.class).one();
      try (Sequencer sequencer = start()) {
        feed.write(TestFeed.counted("a", 1));
        Awaitility.await().atMost(PATIENCE).until(() -> feed.log().size() == 1);
        // Only now is it certain that it has tried, and failed, to drop the old day.
        Awaitility.await().atMost(PATIENCE).until(() -> sequencer.failures() > 0);
        feed.write(TestFeed.counted("a", 2));
        Awaitility.await().atMost(PATIENCE).until(() -> feed.log().size() == 2);
        assertThat(days(backup)).contains("feed_log_20200101");
      }
      backup.rollback();
      try (Sequencer _ = start()) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> !days(backup).contains("feed_log_20200101"));
      }
    }
  }

  @Test
  void aTickMovesNoMoreBytesThanItMayHoweverManyRowsItCould() {
    byte[] heavy = new byte[FeedLimits.MAX_PAYLOAD_BYTES - 100];
    for (int i = 0; i < 100; i++) {
      feed.write(
          NewEvent.of(
              "k",
              0,
              Noticed.newBuilder()
                  .setTextBytes(ByteString.copyFromUtf8(text(heavy.length)))
                  .build()));
    }
    try (Handle handle = feed.jdbi().open()) {
      SteppedSequencer sequencer = new SteppedSequencer(handle);
      sequencer.begin();
      int moved = sequencer.move(10_000);
      sequencer.commit();
      // 16 MiB hold 64 payloads of 256 KiB.
      assertThat(moved).isBetween(1, FeedLimits.MAX_STATEMENT_BYTES / heavy.length + 1);
      sequencer.drain(10_000);
    }
    assertThat(feed.heads().partitions().getFirst().position()).isEqualTo(100);
  }

  @Test
  void timesInTheLogRiseStrictlyFromTickToTick() {
    try (Handle handle = feed.jdbi().open()) {
      handle.execute("update feed set sequenced_at = now() + interval '10 minutes'");
      SteppedSequencer sequencer = new SteppedSequencer(handle);
      for (int i = 1; i <= 3; i++) {
        feed.write(TestFeed.counted("a", i));
        sequencer.drain(10);
      }
      List<Long> distinct =
          handle
              .createQuery("select count(distinct sequenced_at) from feed_log")
              .mapTo(Long.class)
              .list();
      assertThat(distinct).containsExactly(3L);
    }
    assertThat(feed.log()).extracting(StoredEvent::version).containsExactly(1L, 2L, 3L);
  }

  @Test
  void daysArePreparedByTheUtcCalendarWhateverTheSessionsZone() {
    try (Handle handle = feed.jdbi().open()) {
      // Clocks there go forward at midnight: some local days have none.
      handle.execute("set time zone 'America/Santiago'");
      handle.createQuery("select feed_prepare_days(400)").mapTo(String.class).one();
      assertThat(days(handle)).hasSize(401);
    }
  }

  private static String text(int length) {
    return "x".repeat(length);
  }

  private static List<String> days(Handle handle) {
    return handle
        .createQuery(
            """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'feed_log'::regclass
            """)
        .mapTo(String.class)
        .list();
  }
}
