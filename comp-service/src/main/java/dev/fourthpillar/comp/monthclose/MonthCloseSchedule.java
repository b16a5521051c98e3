package dev.fourthpillar.comp.monthclose;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for months to close. Every replica does; they pass over each other's people. */
@Singleton
final class MonthCloseSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(MonthCloseSchedule.class);

  private final MonthCloseService months;

  MonthCloseSchedule(MonthCloseService months) {
    this.months = months;
  }

  @Scheduled(
      initialDelay = "${fourthpillar.month-close.interval:10m}",
      fixedDelay = "${fourthpillar.month-close.interval:10m}")
  void closeOnTime() {
    try {
      months.closeDue();
    } catch (RuntimeException e) {
      LOG.warn("months were not closed; the next look closes them", e);
    }
  }
}
