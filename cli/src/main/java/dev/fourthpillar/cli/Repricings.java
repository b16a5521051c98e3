package dev.fourthpillar.cli;

import dev.fourthpillar.usage.v1.GetRepricingRequest;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc.PriceBookServiceBlockingStub;
import dev.fourthpillar.usage.v1.Repricing;
import dev.fourthpillar.usage.v1.RepricingState;
import java.io.PrintWriter;
import java.util.concurrent.locks.LockSupport;

/** Waits for re-pricings, which the service does in steps. */
final class Repricings {
  private static final long PAUSE_NANOS = 500_000_000L;

  /** Told now and then: that it takes long is no reason to believe it is stuck. */
  private static final int LOOKS_BETWEEN = 10;

  private Repricings() {}

  /**
   * Until it stands there. If it is cut off, the service goes on; {@code fp reprice show} tells.
   */
  static Repricing await(
      PriceBookServiceBlockingStub service,
      Repricing begun,
      RepricingState state,
      PrintWriter err) {
    var request = GetRepricingRequest.newBuilder().setRepricingId(begun.getRepricingId()).build();
    Repricing now = begun;
    for (int looks = 1; now.getState() != state; looks++) {
      if (looks % LOOKS_BETWEEN == 0) {
        err.println("%s: %,d calls so far".formatted(now.getRepricingId(), now.getChangedCount()));
        err.flush();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      now = service.getRepricing(request).getRepricing();
    }
    return now;
  }
}
