package dev.fourthpillar.backbone.outcome;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes expired outcomes in small statements, so that a sweep never holds many locks or keeps
 * vacuum waiting. Every replica sweeps; they pass over each other's rows.
 */
@Singleton
final class OutcomeSweep {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeSweep.class);

  private final Jdbi jdbi;
  private final OutcomeRepository repository;
  private final OutcomeConfig config;
  private final InstantSource clock;

  OutcomeSweep(Jdbi jdbi, OutcomeRepository repository, OutcomeConfig config, InstantSource clock) {
    this.jdbi = jdbi;
    this.repository = repository;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      initialDelay = "${fourthpillar.outcome.sweep-interval:1m}",
      fixedDelay = "${fourthpillar.outcome.sweep-interval:1m}")
  void sweepOnTime() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.warn("expired outcomes were not swept; the next sweep takes them", e);
    }
  }

  /** Deletes what is expired, up to the configured number of statements; returns the rows. */
  int sweep() {
    int swept = 0;
    for (int batch = 0; batch < config.sweepBatches(); batch++) {
      int deleted =
          jdbi.inTransaction(
              handle -> repository.deleteExpired(handle, clock.instant(), config.sweepBatch()));
      swept += deleted;
      if (deleted < config.sweepBatch()) {
        break;
      }
    }
    return swept;
  }
}
