package dev.fourthpillar.budget.period;

import dev.fourthpillar.backbone.storage.Transactions;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what is due, one person in a transaction: a new year begins for everybody at once, and
 * must not hold everybody's account. Every replica looks; they pass over each other's people.
 */
@Context
final class PeriodScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodScheduler.class);

  private final Transactions transactions;
  private final PeriodService periods;
  private final PeriodConfig config;

  PeriodScheduler(Transactions transactions, PeriodService periods, PeriodConfig config) {
    this.transactions = transactions;
    this.periods = periods;
    this.config = config;
  }

  @Scheduled(fixedDelay = "${fourthpillar.period.interval:1s}")
  void openOnTime() {
    try {
      var _ = open();
    } catch (RuntimeException e) {
      LOG.warn("periods were not looked at; the next look is soon", e);
    }
  }

  /** Brings people up to date until nothing is due, or a batch of them is; returns how many. */
  int open() {
    int opened = 0;
    while (opened < config.batch()) {
      Optional<String> one = transactions.run(periods::openNext);
      if (one.isEmpty()) {
        break;
      }
      opened++;
    }
    return opened;
  }
}
