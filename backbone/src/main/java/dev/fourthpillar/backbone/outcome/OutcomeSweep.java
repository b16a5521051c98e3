package dev.fourthpillar.backbone.outcome;

import dev.fourthpillar.backbone.repeat.Repeated;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/**
 * Deletes expired outcomes in small statements, so that a sweep never holds many locks or keeps
 * vacuum waiting. Every replica sweeps; they pass over each other's rows.
 */
@Context
final class OutcomeSweep implements AutoCloseable {
  private final Jdbi jdbi;
  private final OutcomeRepository repository;
  private final OutcomeConfig config;
  private final InstantSource clock;
  private final Repeated repeated;

  OutcomeSweep(Jdbi jdbi, OutcomeRepository repository, OutcomeConfig config, InstantSource clock) {
    this.jdbi = jdbi;
    this.repository = repository;
    this.config = config;
    this.clock = clock;
    this.repeated =
        Repeated.startAfterPause("sweep expired outcomes", config.sweepInterval(), this::sweep);
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

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
