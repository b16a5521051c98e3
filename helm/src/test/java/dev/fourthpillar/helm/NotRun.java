package dev.fourthpillar.helm;

import org.opentest4j.TestAbortedException;

/** A check that this machine cannot do. */
final class NotRun {
  private NotRun() {}

  /** Skips the test where that does not hold, and says so in the output of the build. */
  static void unless(boolean possible, String needed) {
    if (!possible) {
      String message = "NOT RUN: " + needed;
      // Maven tells how many were skipped, and not why.
      System.err.println(message);
      throw new TestAbortedException(message);
    }
  }
}
