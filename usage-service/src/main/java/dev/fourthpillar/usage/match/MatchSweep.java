package dev.fourthpillar.usage.match;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.usage.settle.SettleConfig;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;

/** Looks for calls and holds that are to be matched; replicas pass over each other's. */
@Context
final class MatchSweep implements AutoCloseable {
  private final MatchService matches;
  private final Repeated repeated;
  private volatile boolean closing;

  MatchSweep(MatchService matches, SettleConfig config) {
    this.matches = matches;
    this.repeated =
        Repeated.startAfterPause("match calls and holds", config.sweepInterval(), this::sweep);
  }

  private void sweep() {
    boolean more = true;
    while (!closing && more) {
      more = matches.matchDue();
    }
  }

  @PreDestroy
  @Override
  public void close() {
    closing = true;
    repeated.close();
  }
}
