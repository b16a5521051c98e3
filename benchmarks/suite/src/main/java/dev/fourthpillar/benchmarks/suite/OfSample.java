package dev.fourthpillar.benchmarks.suite;

/** What of this module's class path the sample service gets: none of another service's beans. */
final class OfSample {
  private OfSample() {}

  static boolean isNeeded(String jar) {
    return !jar.contains("-service/target/") || jar.contains("/sample-service/target/");
  }
}
