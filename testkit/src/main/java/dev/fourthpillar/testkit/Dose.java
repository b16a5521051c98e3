package dev.fourthpillar.testkit;

/**
 * How much of a heavy test to run, and from which seed.
 *
 * <p>{@code -Dfourthpillar.soak=true} gives the dose a release is judged by; {@code
 * -Dfourthpillar.seed=N} replays a run.
 */
public final class Dose {

  static final String SOAK_PROPERTY = "fourthpillar.soak";
  static final String SEED_PROPERTY = "fourthpillar.seed";

  /** Fixed, so that a build that was green yesterday is green today. */
  public static final long DEFAULT_SEED = 20_261_121L;

  private Dose() {}

  /** {@code build} in every build, {@code soak} in a soak. Both must be positive. */
  public static int of(int build, int soak) {
    if (build < 1 || soak < build) {
      throw new IllegalArgumentException(
          "dose: %d, soak %d (expected: 1 <= build <= soak)".formatted(build, soak));
    }
    return isSoak() ? soak : build;
  }

  public static boolean isSoak() {
    String value = System.getProperty(SOAK_PROPERTY, "false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s: \"%s\" (expected: true or false)".formatted(SOAK_PROPERTY, value));
    };
  }

  /** The seed of this run, printed so that a failure can be replayed. */
  public static long seed() {
    String configured = System.getProperty(SEED_PROPERTY);
    long seed;
    try {
      seed = configured == null ? DEFAULT_SEED : Long.parseLong(configured);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: a whole number of 64 bits)".formatted(SEED_PROPERTY, configured),
          e);
    }
    System.out.printf("seed %d (replay with -D%s=%d)%n", seed, SEED_PROPERTY, seed);
    return seed;
  }
}
