package dev.fourthpillar.comp.monthclose;

import dev.fourthpillar.backbone.repeat.Repeated;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;

/** Looks for months to close. Every replica does; they pass over each other's people. */
@Context
final class MonthCloseSchedule implements AutoCloseable {
  private final Repeated repeated;

  MonthCloseSchedule(MonthCloseService months, MonthCloseConfig config) {
    this.repeated = Repeated.startAfterPause("close months", config.interval(), months::closeDue);
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
