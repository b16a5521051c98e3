package dev.fourthpillar.backbone.storage;

import io.grpc.Context;

/**
 * The call that this thread serves, for code that does its work in another thread or together with
 * that of other calls: whether anybody still waits for it.
 */
public final class WantedCall {
  private final Context call;

  private WantedCall(Context call) {
    this.call = call;
  }

  /** The call being served; where none is, one that never ends. */
  public static WantedCall current() {
    return new WantedCall(Context.current());
  }

  /** Whether its caller went away or its deadline passed. */
  public boolean ended() {
    return call.isCancelled();
  }

  /** What to fail with once it has ended: the caller is told that nothing is known. */
  public RuntimeException failure() {
    return new CallEnded(call.cancellationCause());
  }

  /** Runs when it ends, at once if it has. The work must be short. */
  public void onEnd(Runnable work) {
    call.addListener(_ -> work.run(), Runnable::run);
  }
}
