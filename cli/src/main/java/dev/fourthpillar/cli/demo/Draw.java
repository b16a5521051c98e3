package dev.fourthpillar.cli.demo;

import java.math.BigInteger;
import java.util.SplittableRandom;

/** Seeded choices: the same seed and name give the same ones on every machine. */
final class Draw {
  private final SplittableRandom random;

  Draw(long seed, String name) {
    // Named streams: what one part of the story draws changes nothing for the others.
    this.random = new SplittableRandom(seed * 31 + name.hashCode());
  }

  /** Parts of a total, each 0 or more, in random proportions; they sum to it exactly. */
  long[] split(long total, int parts) {
    long[] weights = new long[parts];
    long sum = 0;
    for (int i = 0; i < parts; i++) {
      weights[i] = 1 + random.nextLong(WEIGHTS);
      sum += weights[i];
    }
    long[] split = new long[parts];
    long weight = 0;
    long given = 0;
    for (int i = 0; i < parts; i++) {
      weight += weights[i];
      // Cumulative: what one part is rounded down, the next one gets.
      long upTo =
          BigInteger.valueOf(total)
              .multiply(BigInteger.valueOf(weight))
              .divide(BigInteger.valueOf(sum))
              .longValueExact();
      split[i] = upTo - given;
      given = upTo;
    }
    return split;
  }

  private static final long WEIGHTS = 1_000;

  long below(long bound) {
    return random.nextLong(bound);
  }
}
