package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.util.Optional;

/**
 * Looks for what is due, one person in a transaction: a new year begins for everybody at once, and
 * must not hold everybody's account. Every replica looks; they pass over each other's people.
 */
@Context
final class PeriodScheduler implements AutoCloseable {
  private final Transactions transactions;
  private final PeriodService periods;
  private final PeriodConfig config;
  private final Repeated repeated;

  PeriodScheduler(Transactions transactions, PeriodService periods, PeriodConfig config) {
    this.transactions = transactions;
    this.periods = periods;
    this.config = config;
    this.repeated = Repeated.start("open periods", config.interval(), this::open);
  }

  /** Brings people up to date until nothing is due, or a batch of them is. */
  private void open() {
    int opened = 0;
    while (opened < config.batch()) {
      Optional<String> one = transactions.run(periods::openNext);
      if (one.isEmpty()) {
        break;
      }
      opened++;
    }
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
