package dev.fourthpillar.usage.daily;

import dev.fourthpillar.backbone.repeat.Repeated;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;

/** Looks for days that are over. Every replica does; each event is sent by one of them. */
@Context
final class OpenUsageSchedule implements AutoCloseable {
  private final Repeated repeated;

  OpenUsageSchedule(OpenUsageService open, OpenUsageConfig config) {
    this.repeated =
        Repeated.startAfterPause("tell of open usage", config.interval(), open::tellDue);
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
