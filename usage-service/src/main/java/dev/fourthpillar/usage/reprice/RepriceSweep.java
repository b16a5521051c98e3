package dev.fourthpillar.usage.reprice;

import dev.fourthpillar.backbone.repeat.Repeated;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;

/** Goes on with re-pricings, whichever replica they were asked of. */
@Context
final class RepriceSweep implements AutoCloseable {
  /** Between two looks for one that is under way. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final RepriceService repricings;
  private final Repeated repeated;
  private volatile boolean closing;

  RepriceSweep(RepriceService repricings) {
    this.repricings = repricings;
    this.repeated = Repeated.startAfterPause("go on with re-pricings", PAUSE, this::sweep);
  }

  private void sweep() {
    boolean more = true;
    while (!closing && more) {
      more = repricings.step();
    }
  }

  @PreDestroy
  @Override
  public void close() {
    closing = true;
    repeated.close();
  }
}
