package dev.fourthpillar.backbone.feed;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fourthpillar.access.v1.Role;
import dev.fourthpillar.backbone.feed.consume.ConsumerId;
import dev.fourthpillar.backbone.feed.consume.StaleConsumerException;
import dev.fourthpillar.backbone.feed.consume.SteppedConsumer;
import dev.fourthpillar.backbone.feed.sequence.SteppedSequencer;
import dev.fourthpillar.backbone.feed.subscribe.SteppedReader;
import dev.fourthpillar.test.v1.Counted;
import dev.fourthpillar.test.v1.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Writers, sequencers, readers and consumers on one real database, interleaved step by step as a
 * seed says: one thread, many connections. Every step is the product's own code; only who moves
 * next, and who dies, is played.
 */
final class FeedSimulation implements AutoCloseable {
  static final int PARTITIONS = 4;

  /** Two or three events a partition: this reader goes back and forth between tail and database. */
  private static final int SMALL_BUFFER_BYTES = PARTITIONS * 900;

  private static final int LARGE_BUFFER_BYTES = 1 << 20;

  private static final int STEPS = 70;
  private static final int KEYS = 5;
  private static final String COUNTED = Counted.getDescriptor().getFullName();
  private static final String STANDING = Standing.getDescriptor().getFullName();

  private final Jdbi jdbi;
  private final FeedWriter writer =
      new FeedWriter(UuidCreator::getTimeOrderedEpoch, () -> "", () -> {});
  private final Handle observer;
  private final List<Handle> writerHandles = new ArrayList<>();
  private final List<Handle> sequencerHandles = new ArrayList<>();
  private int schedules;

  FeedSimulation(TestFeed feed) {
    this.jdbi = feed.jdbi();
    this.observer = open();
    observer.execute(
        """
        create table sim_aggregate (key text primary key, version bigint not null default 0,
                                    standing bigint not null default 0)
        """);
    observer.execute("create table sim_effect (event_id uuid not null)");
    observer.execute(
        "create table sim_projection (key text primary key, version bigint not null default 0)");
    observer.execute(
        """
        create table naive_outbox (id bigint generated always as identity, schedule int not null,
                                   event text not null)
        """);
    IntStream.range(0, 3).forEach(_ -> writerHandles.add(open()));
    IntStream.range(0, 2).forEach(_ -> sequencerHandles.add(open()));
  }

  private Handle open() {
    Handle handle = jdbi.open();
    // What is lost in a crash is another test's business; here only the order of steps matters.
    handle.execute("set synchronous_commit = off");
    handle.execute("set lock_timeout = '5ms'");
    return handle;
  }

  /**
   * What one schedule showed.
   *
   * @param violations of the feed's promises; none is the expectation
   * @param mutantMissed how many events a reader that pages by identity never saw
   */
  record Result(List<String> violations, int mutantMissed, int events, int refusedApplies) {}

  Result run(long seed) {
    return new Schedule(new Random(seed), schedules++).run();
  }

  @Override
  public void close() {
    writerHandles.forEach(Handle::close);
    sequencerHandles.forEach(Handle::close);
    observer.close();
  }

  /** One schedule: all its state, so that the next one begins afresh behind it. */
  private final class Schedule {
    private final Random random;
    private final int number;
    private final List<WriterActor> writers = new ArrayList<>();
    private final List<SequencerActor> sequencers = new ArrayList<>();
    private final List<SteppedReader> readers = new ArrayList<>();
    private final List<SteppedConsumer> consumers = new ArrayList<>();
    private final Naive naive;
    private final Set<String> lockedKeys = new HashSet<>();
    private final List<String> committed = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<Integer, Long> beginning = new TreeMap<>();
    private int refusedApplies;

    Schedule(Random random, int number) {
      this.random = random;
      this.number = number;
      this.naive = new Naive();
      writerHandles.forEach(h -> writers.add(new WriterActor(h)));
      sequencerHandles.forEach(h -> sequencers.add(new SequencerActor(h)));
      FeedLog.Heads heads = FeedLog.heads(observer);
      heads.partitions().forEach(h -> beginning.put(h.partition(), h.position()));
      int service = Audience.of(Set.of(Role.ROLE_SERVICE));
      readers.add(new SteppedReader(jdbi, service, SMALL_BUFFER_BYTES));
      readers.add(
          new SteppedReader(jdbi, Audience.of(Set.of(Role.ROLE_FINANCE)), LARGE_BUFFER_BYTES));
      ConsumerId id = new ConsumerId("simulated", "schedule-" + number);
      List<Cursor> places = heads.partitions().stream().map(h -> h.cursor(heads.epoch())).toList();
      // Two replicas of one consumer, both convinced that every partition is theirs.
      IntStream.range(0, 2).forEach(_ -> consumers.add(new SteppedConsumer(id)));
      observer.useTransaction(h -> consumers.getFirst().beginAt(h, places));
    }

    Result run() {
      for (int i = 0; i < STEPS; i++) {
        step();
      }
      settle();
      check();
      return new Result(violations, naive.missed(committed), committed.size(), refusedApplies);
    }

    private void step() {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> pick(writers).step();
        case 4, 5 -> pick(sequencers).step();
        case 6 -> read(pick(readers));
        case 7 -> pick(consumers).read(observer, partitions(), 1 + random.nextInt(4));
        case 8 -> apply(pick(consumers), random.nextInt(8) == 0);
        case 9 -> naive.read(1 + random.nextInt(4));
        default -> throw new IllegalStateException();
      }
    }

    private void read(SteppedReader reader) {
      if (random.nextInt(4) == 0) {
        reader.resume();
      }
      if (random.nextBoolean()) {
        reader.look(observer);
      }
      reader.take();
    }

    private void apply(SteppedConsumer consumer, boolean dieBeforeCommit) {
      observer.begin();
      try {
        consumer.apply(observer, this::project);
        if (dieBeforeCommit) {
          observer.rollback();
        } else {
          observer.commit();
        }
      } catch (StaleConsumerException _) {
        refusedApplies++;
        observer.rollback();
      }
    }

    /** The effect: each event once, and each key's versions without a hole. */
    private void project(Handle handle, List<StoredEvent> events) {
      for (StoredEvent event : events) {
        handle.execute("insert into sim_effect values (?)", event.id());
        if (event.type().equals(COUNTED)) {
          int followed =
              handle.execute(
                  """
                  insert into sim_projection as p values (?, 1)
                  on conflict (key) do update set version = p.version + 1 where p.version + 1 = ?
                  """,
                  event.key(),
                  event.version());
          if (followed != 1) {
            violations.add("the projection of " + event.key() + " does not precede " + event);
          }
        }
      }
    }

    /**
     * Everyone finishes: transactions end, the inbox empties, readers and consumers reach the head.
     */
    private void settle() {
      writers.forEach(WriterActor::finish);
      sequencers.forEach(SequencerActor::finish);
      new SteppedSequencer(sequencerHandles.getFirst()).drain(7);
      for (SteppedReader reader : readers) {
        reader.look(observer);
        while (reader.take()) {
          // Until the head.
        }
      }
      SteppedConsumer consumer = consumers.getFirst();
      while (consumer.read(observer, partitions(), 10) > 0) {
        apply(consumer, false);
      }
      naive.read(Integer.MAX_VALUE);
    }

    private void check() {
      List<StoredEvent> log =
          FeedLog.read(observer, beginning, Integer.MAX_VALUE, java.time.Instant.EPOCH);
      checkPositions(log);
      checkContent(log);
      checkVersions(log);
      checkReader("service", readers.getFirst(), log);
      List<StoredEvent> counted = log.stream().filter(e -> e.type().equals(COUNTED)).toList();
      checkReader("finance", readers.getLast(), counted);
      if (readers.getLast().skipped() != log.size() - counted.size()) {
        violations.add(
            "finance was told of %d skipped events of %d"
                .formatted(readers.getLast().skipped(), log.size() - counted.size()));
      }
      checkEffects(log);
    }

    private void checkPositions(List<StoredEvent> log) {
      Map<Integer, Long> last = new HashMap<>(beginning);
      for (StoredEvent event : log) {
        long expected = last.get(event.partition()) + 1;
        if (event.position() != expected) {
          violations.add(
              "partition %d: position %d (expected: %d)"
                  .formatted(event.partition(), event.position(), expected));
        }
        last.put(event.partition(), event.position());
      }
    }

    /** Every committed event once, nothing else; of coalesced ones at least the newest. */
    private void checkContent(List<StoredEvent> log) {
      List<String> logged = log.stream().map(FeedSimulation::name).toList();
      Set<String> unique = new HashSet<>(logged);
      if (unique.size() != logged.size()) {
        violations.add("an event is in the log twice: " + logged);
      }
      if (!committed.containsAll(logged)) {
        violations.add("the log holds what was never committed: " + logged + " / " + committed);
      }
      Map<String, String> newestStanding = new HashMap<>();
      for (String event : committed) {
        if (event.startsWith(STANDING)) {
          newestStanding.put(event.substring(0, event.lastIndexOf('@')), event);
        } else if (!unique.contains(event)) {
          violations.add("lost: " + event);
        }
      }
      newestStanding.values().stream()
          .filter(e -> !unique.contains(e))
          .forEach(e -> violations.add("the newest state was lost: " + e));
    }

    private void checkVersions(List<StoredEvent> log) {
      Map<String, Long> versions = new HashMap<>();
      for (StoredEvent event : log) {
        String key = event.type() + event.key();
        long before = versions.getOrDefault(key, 0L);
        boolean follows =
            event.type().equals(COUNTED) ? event.version() == before + 1 : event.version() > before;
        if (!follows) {
          violations.add("%s follows version %d".formatted(name(event), before));
        }
        versions.put(key, event.version());
      }
    }

    private void checkReader(String who, SteppedReader reader, List<StoredEvent> expected) {
      Map<Integer, List<String>> seen = new TreeMap<>();
      reader
          .seen()
          .forEach(e -> seen.computeIfAbsent(e.partition(), _ -> new ArrayList<>()).add(place(e)));
      Map<Integer, List<String>> wanted = new TreeMap<>();
      expected.forEach(
          e -> wanted.computeIfAbsent(e.partition(), _ -> new ArrayList<>()).add(place(e)));
      if (!seen.equals(wanted)) {
        violations.add("reader %s saw %s instead of %s".formatted(who, seen, wanted));
      }
    }

    private void checkEffects(List<StoredEvent> log) {
      List<java.util.UUID> effects =
          observer
              .createQuery("select event_id from sim_effect order by 1")
              .mapTo(java.util.UUID.class)
              .list();
      List<java.util.UUID> wanted = log.stream().map(StoredEvent::id).toList();
      if (effects.size() != wanted.size()
          || !new HashSet<>(effects).equals(new HashSet<>(wanted))) {
        violations.add("%d effects of %d events".formatted(effects.size(), wanted.size()));
      }
      observer.execute("truncate sim_effect");
    }

    private List<Integer> partitions() {
      return IntStream.range(0, PARTITIONS).boxed().toList();
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }

    /** A service instance that changes aggregates and tells of it. */
    private final class WriterActor {
      private final Handle handle;
      private final List<String> pending = new ArrayList<>();
      private final Set<String> held = new HashSet<>();
      private String prepared = "";

      WriterActor(Handle handle) {
        this.handle = handle;
      }

      void step() {
        if (!prepared.isEmpty()) {
          endPrepared(random.nextBoolean());
        } else if (!handle.isInTransaction()) {
          handle.begin();
          change();
        } else {
          switch (random.nextInt(8)) {
            case 0, 1 -> change();
            case 2 -> rollback();
            case 3 -> prepare();
            default -> commit();
          }
        }
      }

      private void change() {
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
          String key = "s" + number + "-" + random.nextInt(KEYS);
          if (lockedKeys.contains(key) && !held.contains(key)) {
            // Its row is locked: a real writer would wait there, before it draws a number.
            continue;
          }
          lockedKeys.add(key);
          held.add(key);
          if (random.nextInt(3) == 0) {
            tell(TestFeed.standing(key, next("standing", key)), STANDING);
          } else {
            tell(TestFeed.counted(key, next("version", key)), COUNTED);
          }
        }
      }

      private long next(String column, String key) {
        return handle
            .createQuery(
                """
                insert into sim_aggregate as a (key, <column>) values (:key, 1)
                on conflict (key) do update set <column> = a.<column> + 1
                returning <column>
                """)
            .define("column", column)
            .bind("key", key)
            .mapTo(long.class)
            .one();
      }

      private void tell(NewEvent event, String type) {
        String name = type + ":" + event.key() + "@" + event.version();
        writer
            .appendWith(
                handle,
                "insert into naive_outbox (schedule, event) values (:schedule, :event)",
                List.of(event))
            .bind("schedule", number)
            .bind("event", name)
            .execute();
        pending.add(name);
      }

      private void commit() {
        handle.commit();
        committed.addAll(pending);
        forget();
      }

      private void rollback() {
        handle.rollback();
        forget();
      }

      private void prepare() {
        prepared = "sim-" + number + "-" + random.nextInt(1_000_000_000);
        handle.execute("prepare transaction '" + prepared + "'");
        handle.rollback();
      }

      private void endPrepared(boolean commits) {
        handle.execute((commits ? "commit" : "rollback") + " prepared '" + prepared + "'");
        if (commits) {
          committed.addAll(pending);
        }
        prepared = "";
        forget();
      }

      private void forget() {
        pending.clear();
        lockedKeys.removeAll(held);
        held.clear();
      }

      void finish() {
        if (!prepared.isEmpty()) {
          endPrepared(random.nextBoolean());
        } else if (handle.isInTransaction()) {
          commit();
        }
      }
    }

    /**
     * One replica's sequencer; sometimes it stops in mid-tick, sometimes it ignores the election.
     */
    private final class SequencerActor {
      private final SteppedSequencer sequencer;

      SequencerActor(Handle handle) {
        this.sequencer = new SteppedSequencer(handle);
      }

      void step() {
        if (sequencer.inTick()) {
          if (random.nextInt(3) == 0) {
            sequencer.abandon();
          } else {
            sequencer.commit();
          }
          return;
        }
        if (random.nextInt(4) == 0) {
          sequencer.beginUnelected();
        } else if (!sequencer.begin()) {
          return;
        }
        try {
          sequencer.move(1 + random.nextInt(4));
        } catch (JdbiException _) {
          // The other one holds the fence: slow, never wrong.
          sequencer.abandon();
          return;
        }
        if (random.nextInt(3) != 0) {
          sequencer.commit();
        }
      }

      void finish() {
        if (sequencer.inTick()) {
          sequencer.abandon();
        }
      }
    }

    /** The reader everybody writes first: pages through an outbox by its identity. */
    private final class Naive {
      private final Set<String> seen = new HashSet<>();
      private long last;

      void read(int max) {
        observer
            .createQuery(
                """
                select id, event from naive_outbox
                where schedule = :schedule and id > :last order by id limit :max
                """)
            .bind("schedule", number)
            .bind("last", last)
            .bind("max", max)
            .map((row, _) -> Map.entry(row.getLong("id"), row.getString("event")))
            .forEach(
                row -> {
                  last = row.getKey();
                  seen.add(row.getValue());
                });
      }

      int missed(List<String> written) {
        return (int) written.stream().filter(e -> !seen.contains(e)).count();
      }
    }
  }

  private static String name(StoredEvent event) {
    return event.type() + ":" + event.key() + "@" + event.version();
  }

  private static String place(StoredEvent event) {
    return event.position() + "=" + name(event);
  }
}
