package dev.fourthpillar.backbone.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seeded schedules of writers, sequencers, readers and consumers keep every promise of the feed.
 */
@PostgresTest(migrations = "classpath:db/feed")
final class FeedSimulationTest {
  private static final Logger LOG = LoggerFactory.getLogger(FeedSimulationTest.class);

  @Test
  void everyScheduleKeepsThePromisesAndCatchesTheReaderByIdentity(TestDatabase database) {
    int schedules = Dose.of(1_000, 10_000);
    long firstSeed = Dose.seed();
    long events = 0;
    int mutantCaught = 0;
    int refusedApplies = 0;
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(database.dataSource());
    try (HikariDataSource pooled = new HikariDataSource(pool);
        FeedSimulation simulation =
            new FeedSimulation(TestFeed.in(pooled, FeedSimulation.PARTITIONS))) {
      for (int i = 0; i < schedules; i++) {
        FeedSimulation.Result result = simulation.run(firstSeed + i);
        assertThat(result.violations()).as("seed %d", firstSeed + i).isEmpty();
        events += result.events();
        mutantCaught += result.mutantMissed() > 0 ? 1 : 0;
        refusedApplies += result.refusedApplies();
      }
    }
    LOG.info(
        "{} schedules, {} events, {} refused applies; the reader by identity lost events in {} schedules",
        schedules,
        events,
        refusedApplies,
        mutantCaught);
    // The schedules are worth something: they catch the mistake, and stale consumers were refused.
    assertThat(mutantCaught).isGreaterThan(schedules / 10);
    assertThat(refusedApplies).isGreaterThan(schedules / 10);
  }
}
