package dev.fourthpillar.cli.suite;

import java.time.Duration;

/** Hears how a suite comes, goes and fares; called from several threads. */
public interface SuiteListener {
  /** A step of the start or the stop has begun. */
  default void step(String what) {}

  /** A service answers, so long after its process was started. */
  default void ready(SuiteService service, Duration after) {}

  /** A service's process ended although nobody wanted it to, and is started again after a pause. */
  default void died(SuiteService service, int exitCode, Duration restartIn) {}

  /** A service died too often and is not started again; the message says where its log is. */
  default void givenUp(SuiteService service, String message) {}

  SuiteListener SILENT = new SuiteListener() {};
}
