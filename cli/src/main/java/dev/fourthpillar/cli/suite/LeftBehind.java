package dev.fourthpillar.cli.suite;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Services of a suite whose own process was killed: they run on, and hold its ports. */
final class LeftBehind {
  private static final Duration DRAINED_WITHIN = Duration.ofSeconds(10);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
  private static final Duration REAP_GRACE = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(20);

  private LeftBehind() {}

  /** Ends them. The directory's lock must be held: under it, nobody's living service is ended. */
  static void stop(SuiteDirectory directory, SuiteListener listener) {
    for (SuiteService service : SuiteService.values()) {
      PidFile file = directory.pidFile(service);
      file.leftBehind()
          .ifPresent(
              process -> {
                listener.step(
                    "stopping %s (pid %d), left behind by a run that was killed"
                        .formatted(service.id(), process.pid()));
                stop(process);
              });
      file.delete();
    }
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    if (!endsWithin(process, DRAINED_WITHIN)) {
      process.destroyForcibly();
      if (!endsWithin(process, KILLED_WITHIN)) {
        throw new SuiteException(
            "process %d was still there %s after SIGKILL".formatted(process.pid(), KILLED_WITHIN));
      }
    }
  }

  private static boolean endsWithin(ProcessHandle process, Duration limit) {
    if (!becomesTrue(() -> !isRunning(process), limit)) {
      return false;
    }
    // The program goes before its ports do. Where nobody reaps, the process never goes.
    becomesTrue(() -> !process.isAlive(), REAP_GRACE);
    return true;
  }

  /** A dead process that nobody reaps still has a pid, but no program any more. */
  static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static boolean becomesTrue(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SuiteException("interrupted while waiting for a process", e);
      }
    }
    return true;
  }
}
