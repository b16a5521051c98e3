package dev.fourthpillar.usage.emit;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of settlements soon after they are committed. Every replica looks. */
@Singleton
final class Settler {
  private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

  private final SettlerService settler;

  Settler(SettlerService settler) {
    this.settler = settler;
  }

  @Scheduled(
      initialDelay = "${fourthpillar.settle.tick-interval:50ms}",
      fixedDelay = "${fourthpillar.settle.tick-interval:50ms}")
  void tick() {
    try {
      settler.tick();
    } catch (RuntimeException e) {
      LOG.warn("settlements could not be told of; the next tick does", e);
    }
  }
}
