package dev.fourthpillar.usage.daily;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for days that are over. Every replica does; each event is sent by one of them. */
@Singleton
final class OpenUsageSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(OpenUsageSchedule.class);

  private final OpenUsageService open;

  OpenUsageSchedule(OpenUsageService open) {
    this.open = open;
  }

  @Scheduled(
      initialDelay = "${fourthpillar.open-usage.interval:10m}",
      fixedDelay = "${fourthpillar.open-usage.interval:10m}")
  void tellOnTime() {
    try {
      open.tellDue();
    } catch (RuntimeException e) {
      LOG.warn("open usage was not told of; the next look does", e);
    }
  }
}
