package dev.fourthpillar.usage.emit;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.usage.settle.SettleConfig;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;

/** Tells of settlements soon after they are committed. Every replica looks. */
@Context
final class Settler implements AutoCloseable {
  private final Repeated repeated;

  Settler(SettlerService settler, SettleConfig config) {
    this.repeated =
        Repeated.startAfterPause("tell of settlements", config.tickInterval(), settler::tick);
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
