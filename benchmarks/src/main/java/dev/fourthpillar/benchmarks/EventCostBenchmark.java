package dev.fourthpillar.benchmarks;

import com.github.f4b6a3.uuid.UuidCreator;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fourthpillar.backbone.feed.FeedConfig;
import dev.fourthpillar.backbone.feed.FeedSetup;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.feed.Wake;
import dev.fourthpillar.backbone.feed.sequence.Sequencer;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import dev.fourthpillar.sample.v1.PocketFilled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What an event costs the change it tells of: a transaction of two statements (update an account,
 * insert a journal row), without and with an event, in turn, on one database with fsync on and the
 * sequencer running.
 */
final class EventCostBenchmark {
  private static final int ACCOUNTS = 1_000;
  private static final int THREADS = 8;
  private static final int ROUNDS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration ROUND = Duration.ofSeconds(6);
  private static final String JOURNAL =
      "insert into journal (account, version, amount) values (:account, :version, :amount)";

  private final Jdbi jdbi;
  private final FeedWriter writer;

  private EventCostBenchmark(Jdbi jdbi, FeedWriter writer) {
    this.jdbi = jdbi;
    this.writer = writer;
  }

  public static void main(String[] args) throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(LocalPostgresOptions.temporary())) {
      LocalDatabase database = postgres.createDatabase("bench", "bench", "bench-local");
      Flyway.configure()
          .dataSource(database.dataSource())
          .locations("classpath:db/feed")
          .load()
          .migrate();
      HikariConfig pool = new HikariConfig();
      pool.setDataSource(database.dataSource());
      pool.setMaximumPoolSize(THREADS);
      try (HikariDataSource pooled = new HikariDataSource(pool)) {
        Jdbi jdbi = JdbiSettings.apply(Jdbi.create(pooled));
        FeedSetup.ensure(
            jdbi, FeedConfig.defaults().partitions(), UuidCreator::getTimeOrderedEpoch);
        Wake wake = new Wake();
        FeedWriter writer = new FeedWriter(UuidCreator::getTimeOrderedEpoch, () -> "", wake::ring);
        Jdbi dedicated = JdbiSettings.apply(Jdbi.create(database.dataSource()));
        try (Sequencer _ =
            new Sequencer(dedicated, FeedConfig.defaults(), wake, UuidCreator::getTimeOrderedEpoch)
                .start()) {
          new EventCostBenchmark(jdbi, writer).run();
        }
      }
    }
  }

  private void run() throws InterruptedException {
    jdbi.useHandle(EventCostBenchmark::createTables);
    saturate(false, WARM_UP);
    saturate(true, WARM_UP);

    Rounds bareMaximum = new Rounds(ROUNDS);
    Rounds eventMaximum = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      bareMaximum.add(saturate(false, ROUND));
      eventMaximum.add(saturate(true, ROUND));
    }
    double half = bareMaximum.median() / 2;
    Rounds bareP50 = new Rounds(ROUNDS);
    Rounds eventP50 = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      bareP50.add(atRate(half, false).getValueAtPercentile(50) / 1e6);
      eventP50.add(atRate(half, true).getValueAtPercentile(50) / 1e6);
    }

    System.out.printf("two statements, %d threads, medians of %d rounds%n", THREADS, ROUNDS);
    System.out.printf("  at %.0f tx/s, half of the maximum:%n", half);
    System.out.printf("    p50 without an event  %s ms%n", bareP50.show("%.3f"));
    System.out.printf("    p50 with an event     %s ms%n", eventP50.show("%.3f"));
    System.out.printf(
        "    more with an event    %.1f %% (target: at most 20 %%)%n",
        100 * (eventP50.median() / bareP50.median() - 1));
    System.out.println("  at saturation:");
    System.out.printf("    without an event      %s tx/s%n", bareMaximum.show("%.0f"));
    System.out.printf("    with an event         %s tx/s%n", eventMaximum.show("%.0f"));
    System.out.printf(
        "    loss                  %.1f %%%n",
        100 * (1 - eventMaximum.median() / bareMaximum.median()));
  }

  private static void createTables(Handle handle) {
    handle.execute(
        """
        create table account (id int primary key, version bigint not null, balance bigint not null)
        with (fillfactor = 50)
        """);
    handle.execute(
        """
        create table journal (id bigint generated always as identity primary key, account int not null,
                              version bigint not null, amount bigint not null)
        """);
    handle.execute("insert into account select n, 0, 0 from generate_series(1, ?) n", ACCOUNTS);
  }

  /** As many as possible; returns transactions per second. */
  private double saturate(boolean withEvent, Duration length) throws InterruptedException {
    AtomicLong done = new AtomicLong();
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    onThreads(
        () -> {
          while (System.nanoTime() < end) {
            change(withEvent);
            done.incrementAndGet();
          }
        });
    return done.get() / ((System.nanoTime() - begin) / 1e9);
  }

  private Histogram atRate(double perSecond, boolean withEvent) throws InterruptedException {
    Recorder recorder = new Recorder(3);
    onThreads(
        () ->
            Pace.run(
                perSecond / THREADS,
                ROUND,
                due -> {
                  change(withEvent);
                  recorder.recordValue(System.nanoTime() - due);
                }));
    return recorder.getIntervalHistogram();
  }

  private static void onThreads(Runnable work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Thread.ofPlatform().start(work));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void change(boolean withEvent) {
    int account = ThreadLocalRandom.current().nextInt(ACCOUNTS) + 1;
    jdbi.useTransaction(
        handle -> {
          long version =
              handle
                  .createQuery(
                      """
                      update account set version = version + 1, balance = balance + 5
                      where id = :account returning version
                      """)
                  .bind("account", account)
                  .mapTo(long.class)
                  .one();
          List<NewEvent> events =
              withEvent
                  ? List.of(
                      NewEvent.of(
                          "account-" + account,
                          version,
                          PocketFilled.newBuilder().setEngineer("e-" + account).build()))
                  : List.of();
          writer
              .appendAfter(handle, JOURNAL, events)
              .bind("account", account)
              .bind("version", version)
              .bind("amount", 5)
              .execute();
        });
  }
}
