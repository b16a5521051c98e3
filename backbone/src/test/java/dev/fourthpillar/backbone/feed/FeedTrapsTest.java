package dev.fourthpillar.backbone.feed;

import static dev.fourthpillar.backbone.feed.TestFeed.counted;
import static dev.fourthpillar.backbone.feed.TestFeed.names;
import static dev.fourthpillar.backbone.feed.TestFeed.standing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fourthpillar.access.v1.Role;
import dev.fourthpillar.backbone.feed.consume.ConsumerId;
import dev.fourthpillar.backbone.feed.consume.StaleConsumerException;
import dev.fourthpillar.backbone.feed.consume.SteppedConsumer;
import dev.fourthpillar.backbone.feed.sequence.Sequencer;
import dev.fourthpillar.backbone.feed.sequence.SteppedSequencer;
import dev.fourthpillar.backbone.feed.subscribe.SteppedReader;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways in which feeds over PostgreSQL lose, reorder or repeat events, each played once. */
@PostgresTest(migrations = "classpath:db/feed")
final class FeedTrapsTest {
  private static final int SERVICE = Audience.of(Set.of(Role.ROLE_SERVICE));

  private TestDatabase database;
  private TestFeed feed;

  @BeforeEach
  void freshFeed(TestDatabase shared) {
    database = shared.another();
    feed = TestFeed.in(database.dataSource(), 1);
  }

  @Test
  void aLateCommitOfALowerNumberIsDeliveredBehindTheHigherOne() {
    try (Handle late = feed.jdbi().open();
        Handle reading = feed.jdbi().open()) {
      SteppedReader reader = new SteppedReader(feed.jdbi(), SERVICE, 1 << 20);
      late.begin();
      feed.writer().append(late, counted("late", 1));
      feed.write(counted("early", 1));
      sequence();
      read(reader, reading);
      assertThat(names(reader.seen())).containsExactly("early@1");

      late.commit();
      sequence();
      read(reader, reading);

      assertThat(names(reader.seen())).containsExactly("early@1", "late@1");
    }
  }

  @Test
  void rollbacksBurnNumbersButLeaveNoGap() {
    for (int version = 1; version <= 5; version++) {
      feed.write(counted("kept", version));
      try (Handle handle = feed.jdbi().open()) {
        handle.begin();
        feed.writer().append(handle, counted("burnt", 1), counted("burnt", 2));
        handle.rollback();
      }
    }
    sequence();

    assertThat(feed.log()).extracting(StoredEvent::position).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(names(feed.log())).containsExactly("kept@1", "kept@2", "kept@3", "kept@4", "kept@5");
  }

  @Test
  void anOpenWriteTransactionInAnotherDatabaseDelaysNothing() {
    Jdbi elsewhere = Jdbi.create(database.another().dataSource());
    try (Handle open = elsewhere.open()) {
      open.begin();
      open.execute("create table held_open (n int)");
      long openTransaction =
          open.createQuery("select pg_current_xact_id()::text::bigint").mapTo(long.class).one();

      feed.write(counted("a", 1));
      sequence();

      assertThat(names(feed.log())).containsExactly("a@1");
      // The trap is set: a feed that waits for the transaction horizon would stand still here.
      long horizon =
          feed.jdbi()
              .withHandle(
                  h ->
                      h.createQuery("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                          .mapTo(long.class)
                          .one());
      assertThat(horizon).isLessThanOrEqualTo(openTransaction);
      open.rollback();
    }
  }

  @Test
  void anOrphanPreparedTransactionDelaysNothingAndIsDeliveredWhenItEnds() {
    try (Handle preparing = feed.jdbi().open()) {
      preparing.begin();
      feed.writer().append(preparing, counted("orphan", 1));
      preparing.execute("prepare transaction 'orphan-of-a-crash'");
      preparing.rollback();
      feed.write(counted("a", 1));
      sequence();
      assertThat(names(feed.log())).containsExactly("a@1");

      preparing.execute("commit prepared 'orphan-of-a-crash'");
      sequence();

      assertThat(names(feed.log())).containsExactly("a@1", "orphan@1");
    }
  }

  @Test
  void aChangeThatIsLargerThanATickAndAPageArrivesWholeAndInOrder() {
    NewEvent[] events =
        IntStream.rangeClosed(1, 2_500).mapToObj(i -> counted("k", i)).toArray(NewEvent[]::new);
    try (Handle reading = feed.jdbi().open()) {
      SteppedReader reader = new SteppedReader(feed.jdbi(), SERVICE, 1 << 20);
      feed.write(events);
      SteppedSequencer sequencer = new SteppedSequencer(reading);
      while (sequencer.begin()) {
        int moved = sequencer.move(700);
        sequencer.commit();
        // Between two ticks of one change the reader sees a part of it, and goes on from there.
        read(reader, reading);
        if (moved == 0) {
          break;
        }
      }

      assertThat(reader.seen()).hasSize(2_500);
      assertThat(reader.seen())
          .extracting(StoredEvent::version)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 2_500).mapToObj(Long::valueOf).toList());
      assertThat(reader.seen())
          .extracting(StoredEvent::changeId)
          .containsOnly(reader.seen().getFirst().changeId());
    }
  }

  @Test
  void ofTwoSequencersTheOneStoppedInMidTickIsThrownOutAndChangesNothing() {
    feed.write(counted("a", 1), counted("a", 2));
    Jdbi dedicated = JdbiSettings.apply(Jdbi.create(database.dataSource()));
    try (Handle zombieHandle = feed.jdbi().open()) {
      zombieHandle.execute("set idle_in_transaction_session_timeout = '300ms'");
      SteppedSequencer zombie = new SteppedSequencer(zombieHandle);
      assertThat(zombie.begin()).isTrue();
      assertThat(zombie.move(1)).isEqualTo(1);
      // It stops here, holding the election and the fence.
      try (Sequencer healthy =
          new Sequencer(
                  dedicated,
                  FeedConfig.defaults().withPartitions(1),
                  new Wake(),
                  UuidCreator::getTimeOrderedEpoch)
              .start()) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> feed.heads().partitions().getFirst().position() == 2);
        assertThatThrownBy(zombie::commit).isInstanceOf(JdbiException.class);
        feed.write(counted("a", 3));
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> feed.heads().partitions().getFirst().position() == 3);
      }
    }

    assertThat(names(feed.log())).containsExactly("a@1", "a@2", "a@3");
    assertThat(feed.log()).extracting(StoredEvent::position).containsExactly(1L, 2L, 3L);
  }

  @Test
  void twoSequencersThatBothBelieveToBeElectedAreSlowAndNotWrong() {
    feed.write(counted("a", 1), counted("a", 2));
    try (Handle first = feed.jdbi().open();
        Handle second = feed.jdbi().open()) {
      SteppedSequencer holder = new SteppedSequencer(first);
      SteppedSequencer usurper = new SteppedSequencer(second);
      second.execute("set lock_timeout = '100ms'");
      holder.beginUnelected();
      holder.move(1);
      usurper.beginUnelected();
      assertThatThrownBy(() -> usurper.move(1)).hasMessageContaining("lock timeout");
      usurper.abandon();
      holder.commit();
      usurper.beginUnelected();
      usurper.move(1);
      usurper.commit();
    }

    assertThat(names(feed.log())).containsExactly("a@1", "a@2");
    assertThat(feed.log()).extracting(StoredEvent::position).containsExactly(1L, 2L);
  }

  @Test
  void afterARestoreFromAnOlderCopyEveryCursorBehindItHasDiverged() {
    feed.write(counted("a", 1), counted("a", 2));
    sequence();
    Cursor inBoth = cursorAt(feed, 2);
    TestFeed restored = copyOf(database);
    feed.write(counted("a", 3), counted("a", 4));
    sequence();
    Cursor lost = cursorAt(feed, 4);

    // The copy's own life goes on: other events come to stand at the same positions.
    assertThat(check(restored, lost)).containsInstanceOf(CursorCheck.Problem.Diverged.class);
    restored.write(counted("b", 1), counted("b", 2), counted("b", 3));
    sequence(restored);
    assertThat(check(restored, lost)).containsInstanceOf(CursorCheck.Problem.Diverged.class);
    // What both have in common is still good, until the runbook's step says that it is in doubt.
    assertThat(check(restored, inBoth)).isEmpty();
    restored.jdbi().useHandle(h -> FeedSetup.beginEpoch(h, UuidCreator.getTimeOrderedEpoch()));
    assertThat(check(restored, inBoth)).containsInstanceOf(CursorCheck.Problem.Diverged.class);
  }

  @Test
  void aZombieConsumerIsRefusedAndItsEffectDoesNotHappenTwice() {
    feed.write(counted("a", 1), counted("a", 2));
    sequence();
    ConsumerId id = new ConsumerId("test", "sum");
    SteppedConsumer zombie = new SteppedConsumer(id);
    SteppedConsumer successor = new SteppedConsumer(id);
    try (Handle handle = feed.jdbi().open()) {
      handle.execute("create table effect (event_id uuid)");
      handle.useTransaction(h -> zombie.beginAt(h, List.of(Cursor.start(feed.heads().epoch(), 0))));
      zombie.read(handle, List.of(0), 10);
      // It is stopped for a while: paused by its host, or cut off. Another one takes over.
      successor.read(handle, List.of(0), 10);
      handle.useTransaction(h -> successor.apply(h, FeedTrapsTest::effect));

      assertThatThrownBy(() -> handle.useTransaction(h -> zombie.apply(h, FeedTrapsTest::effect)))
          .isInstanceOf(StaleConsumerException.class);

      assertThat(handle.createQuery("select count(*) from effect").mapTo(int.class).one())
          .isEqualTo(2);
    }
  }

  @Test
  void numbersAreDrawnOneAtATimeSoThatAKeyKeepsItsOrderOverManyConnections() {
    long cached =
        feed.jdbi()
            .withHandle(
                h ->
                    h.createQuery(
                            """
                            select cache_size from pg_sequences
                            where schemaname = current_schema()
                              and sequencename = 'feed_inbox_id_seq'
                            """)
                        .mapTo(long.class)
                        .one());
    assertThat(cached).isEqualTo(1);
    for (int version = 1; version <= 20; version++) {
      feed.write(counted("a", version)); // Each on a connection of its own.
    }
    sequence();

    assertThat(feed.log())
        .extracting(StoredEvent::version)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
  }

  @Test
  void aClockThatJumpsBackHidesNothing() {
    try (Handle handle = feed.jdbi().open()) {
      SteppedReader reader = new SteppedReader(feed.jdbi(), SERVICE, 1 << 20);
      feed.write(counted("a", 1));
      sequence();
      // As if the last tick had run on a clock that was an hour ahead.
      handle.execute("update feed set sequenced_at = sequenced_at + interval '1 hour'");
      Instant ahead = feed.heads().sequencedAt();
      read(reader, handle);
      feed.write(counted("a", 2));
      sequence();
      read(reader, handle);

      assertThat(feed.heads().sequencedAt()).isAfterOrEqualTo(ahead);
      assertThat(names(reader.seen())).containsExactly("a@1", "a@2");
    }
  }

  @Test
  void ofEventsThatCarryAWholeStateOnlyTheNewestOfATickIsKept() {
    feed.write(standing("a", 1), counted("a", 1));
    feed.write(standing("a", 2), standing("b", 1));
    sequence();
    feed.write(standing("a", 3));
    sequence();

    assertThat(feed.log())
        .extracting(e -> e.type().replaceAll(".*\\.", "") + " " + e.key() + "@" + e.version())
        .containsExactly("Counted a@1", "Standing a@2", "Standing b@1", "Standing a@3");
    assertThat(feed.log()).extracting(StoredEvent::position).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void aCursorAtTheEdgeOfWhatWasDroppedGoesOnAndAnOlderOneHasExpired() {
    feed.jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "create table feed_log_20200101 (like feed_log, primary key (partition, position))");
              handle.execute(
                  """
                  alter table feed_log attach partition feed_log_20200101
                  for values from ('2020-01-01T00:00:00Z') to ('2020-01-02T00:00:00Z')
                  """);
              handle.execute("update feed set sequenced_at = '2020-01-01T12:00:00Z'");
              handle.execute(
                  """
                  insert into feed_log
                    (partition, position, sequenced_at, event_id, type, key, audience, version,
                     must_understand, change_id, time, payload)
                  select 0, n, '2020-01-01T12:00:00Z', gen_random_uuid(), 'old', 'old', 0, n, false,
                         gen_random_uuid(), now(), ''
                  from generate_series(1, 3) n
                  """);
              handle.execute(
                  """
                  update feed_head set position = 3,
                    event_id = (select event_id from feed_log where position = 3)
                  """);
            });
    Cursor second = cursorAt(feed, 2);
    Cursor third = cursorAt(feed, 3);
    feed.write(counted("a", 1));
    sequence();
    assertThat(check(feed, second)).isEmpty();

    int dropped =
        feed.jdbi()
            .withHandle(
                h -> h.createQuery("select feed_drop_before(now())").mapTo(int.class).one());

    assertThat(dropped).isEqualTo(1);
    assertThat(check(feed, third)).isEmpty();
    assertThat(check(feed, second)).containsInstanceOf(CursorCheck.Problem.Expired.class);
    assertThat(check(feed, Cursor.start(third.epoch(), 0)))
        .containsInstanceOf(CursorCheck.Problem.Expired.class);
    assertThat(names(feed.log())).containsExactly("a@1");
    assertThat(feed.log().getFirst().position()).isEqualTo(4);
  }

  @Test
  void theServiceSequencesAndDropsWithoutTheRightToChangeTheSchema() {
    try (Handle owner = feed.jdbi().open()) {
      String role = "feed_app_" + database.name();
      Jdbi admin = Jdbi.create(database.adminDataSource());
      admin.useHandle(h -> h.execute("create role " + role + " noinherit"));
      try {
        owner.execute(
            "grant select, insert, update, delete on all tables in schema public to " + role);
        owner.execute("grant usage on all sequences in schema public to " + role);
        owner.execute(
            "grant execute on function feed_prepare_days(int), feed_drop_before(timestamptz) to "
                + role);
        admin.useHandle(
            h -> {
              h.execute("set role " + role);
              assertThatThrownBy(() -> h.execute("create table public.not_allowed (n int)"))
                  .hasMessageContaining("permission denied");
              h.useTransaction(FeedSetup::prepareDays);
              h.useTransaction(t -> feed.writer().append(t, counted("a", 1)));
              new SteppedSequencer(h).drain(10);
              h.createQuery("select feed_drop_before(now() - interval '14 days')")
                  .mapTo(int.class)
                  .one();
            });
        assertThat(names(feed.log())).containsExactly("a@1");
      } finally {
        admin.useHandle(
            h -> {
              h.execute("drop owned by " + role);
              h.execute("drop role " + role);
            });
      }
    }
  }

  @Test
  void aFeedNeverChangesItsNumberOfPartitions() {
    assertThatThrownBy(() -> FeedSetup.ensure(feed.jdbi(), 8, UuidCreator::getTimeOrderedEpoch))
        .hasMessageContaining("fourthpillar.feed.partitions: 8 (expected: 1");
  }

  private static void effect(Handle handle, List<StoredEvent> events) {
    events.forEach(e -> handle.execute("insert into effect values (?)", e.id()));
  }

  private static Cursor cursorAt(TestFeed feed, long position) {
    StoredEvent event =
        feed.log().stream().filter(e -> e.position() == position).findFirst().orElseThrow();
    return Cursor.at(feed.heads().epoch(), 0, position, event.id());
  }

  private static Optional<CursorCheck.Problem> check(TestFeed feed, Cursor cursor) {
    return feed.jdbi()
        .withHandle(
            h -> {
              var stored = FeedLog.eventIdsAt(h, List.of(cursor));
              return CursorCheck.check(FeedLog.heads(h), List.of(cursor), stored);
            });
  }

  private static void read(SteppedReader reader, Handle handle) {
    reader.look(handle);
    while (reader.take()) {
      // Until the head.
    }
  }

  private void sequence() {
    sequence(feed);
  }

  private static void sequence(TestFeed feed) {
    try (Handle handle = feed.jdbi().open()) {
      new SteppedSequencer(handle).drain(10_000);
    }
  }

  /** What a restore gives: the database as it was when the copy was made. */
  private static TestFeed copyOf(TestDatabase source) {
    TestDatabase target = source.anotherEmpty();
    Jdbi.create(source.server().superuser("postgres").dataSource())
        .useHandle(
            h -> {
              h.execute("drop database \"" + target.name() + "\" with (force)");
              h.execute(
                  "create database \"%s\" template \"%s\" owner \"%s\""
                      .formatted(target.name(), source.name(), source.username()));
            });
    return TestFeed.in(target.dataSource(), 1);
  }
}
