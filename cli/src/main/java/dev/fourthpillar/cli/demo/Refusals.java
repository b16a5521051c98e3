package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.refusal.Refusal;
import io.grpc.StatusRuntimeException;

/** Refusals that belong to the story. */
final class Refusals {
  private Refusals() {}

  /** The call must be refused for this reason; anything else is not the story. */
  static Refusal expect(String reason, Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      Refusal refusal = Refusal.of(e);
      if (refusal.reason().equals(reason)) {
        return refusal;
      }
      throw e;
    }
    throw new DemoException("a call was admitted (expected: refused with " + reason + ")");
  }
}
