package dev.fourthpillar.backbone.health;

/**
 * Whether this replica should get calls.
 *
 * @param ready whether it should
 * @param why for people; never data
 */
record Readiness(boolean ready, String why) {
  static Readiness ready(String why) {
    return new Readiness(true, why);
  }

  static Readiness notReady(String why) {
    return new Readiness(false, why);
  }
}
