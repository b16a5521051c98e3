package dev.fourthpillar.testkit.postgres;

import java.util.Map;

/** What both engines run with, so that a test means the same on either. */
final class TestServerSettings {

  /** Tests of two-phase commit and of races want more than the suite's zero. */
  static final int MAX_PREPARED_TRANSACTIONS = 20;

  static final int MAX_CONNECTIONS = 200;

  static final Map<String, String> ALL =
      Map.of(
          "max_prepared_transactions", Integer.toString(MAX_PREPARED_TRANSACTIONS),
          "max_connections", Integer.toString(MAX_CONNECTIONS));

  private TestServerSettings() {}
}
