package dev.fourthpillar.budget.checkpoint;

import dev.fourthpillar.backbone.repeat.Repeated;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a day is over that has no checkpoint. Every replica looks; one of them signs. */
@Context
final class CheckpointScheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointScheduler.class);

  /** Days of one look; what is left waits for the next. */
  private static final int DAYS = 31;

  private final CheckpointService checkpoints;
  private final Repeated repeated;

  CheckpointScheduler(CheckpointService checkpoints, CheckpointConfig config) {
    this.checkpoints = checkpoints;
    if (!checkpoints.signs()) {
      LOG.warn(
          "{}.key-file is none: the ledger is not signed, and no entry of it can be proven",
          CheckpointConfig.PREFIX);
    }
    this.repeated = Repeated.start("take checkpoints", config.interval(), this::take);
  }

  private void take() {
    for (int day = 0; day < DAYS && checkpoints.takeNext(); day++) {
      // The next day.
    }
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
