package dev.fourthpillar.budget.told;

import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Decimal;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.FxRatePublished;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Who is told of a person and a rate at once does not wait for who opens that person's period. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class OpeningAndPublishingTest {
  private static final String MARCH = "2026-03-02T12:00:00Z";

  /**
   * A third session holds the person's row until both wait. The one that is told has asked for it
   * first, so it gets it first; the other one opens, and so holds off publishing.
   */
  @Test
  void neitherWaitsForTheOtherForEver(TestDatabase database) throws Exception {
    try (BudgetWorld world =
            BudgetWorld.at(database, MARCH, Map.of("fourthpillar.period.interval", "1h"));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        Handle third = world.server().database().open()) {
      world.engineer("ada", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
      third.begin();
      assertThat(
              third
                  .createQuery("select 1 from period_due where engineer = 'ada' for update")
                  .mapTo(Integer.class)
                  .list())
          .hasSize(1);

      var told =
          threads.submit(
              () ->
                  world.tell(
                      List.of(
                          BudgetWorld.event("ada", 2, MARCH, ada()),
                          BudgetWorld.event("USD/SEK", 1, MARCH, rate()))));
      awaitBlocked(world, 1);
      var opens =
          threads.submit(() -> world.usage(settled("ada", 1, line("2026-02-01T10:00:00Z", "5"))));
      awaitBlocked(world, 2);
      third.rollback();

      told.get(20, TimeUnit.SECONDS);
      opens.get(20, TimeUnit.SECONDS);
      assertThat(world.account("ada", "USD")).isPresent();
    }
  }

  /** Each look in a transaction of its own: one transaction sees the same activity all along. */
  private static void awaitBlocked(BudgetWorld world, int sessions) {
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .until(
            () ->
                world
                        .server()
                        .database()
                        .withHandle(
                            handle ->
                                handle
                                    .createQuery(
                                        """
                                        select count(*) from pg_stat_activity
                                        where datname = current_database()
                                          and cardinality(pg_blocking_pids(pid)) > 0
                                        """)
                                    .mapTo(Integer.class)
                                    .one())
                    == sessions);
  }

  private static EngineerChanged ada() {
    return EngineerChanged.newBuilder()
        .setEngineer("ada")
        .setCountry("US")
        .setTimeZone("America/New_York")
        .setCurrencyCode("USD")
        .setStartDate(BudgetWorld.day("2020-01-01"))
        .build();
  }

  private static FxRatePublished rate() {
    return FxRatePublished.newBuilder()
        .setFxRateId("usd-sek")
        .setSourceCurrencyCode("USD")
        .setTargetCurrencyCode("SEK")
        .setRate(Decimal.newBuilder().setValue("10"))
        .setDate(BudgetWorld.day("2026-02-01"))
        .build();
  }
}
