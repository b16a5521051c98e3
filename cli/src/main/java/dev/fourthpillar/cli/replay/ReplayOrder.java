package dev.fourthpillar.cli.replay;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to replay, and how.
 *
 * @param folder of captures
 * @param protocol to send them over
 * @param raw untouched, as they were received: they are then the same run again
 * @param salt of the new run; not used with {@code raw}
 * @param reversed the last one first
 * @param times each export is sent, one pass after the other
 * @param parallel requests under way at a time
 * @param engineer whose credential sends them; empty = nobody's, and they say themselves whose they
 *     are
 */
public record ReplayOrder(
    Path folder,
    Protocol protocol,
    boolean raw,
    String salt,
    boolean reversed,
    int times,
    int parallel,
    Optional<String> engineer) {
  public static final int MAX_TIMES = 100;
  public static final int MAX_PARALLEL = 32;

  public ReplayOrder {
    between("times", times, MAX_TIMES);
    between("parallel", parallel, MAX_PARALLEL);
  }

  private static void between(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException("%s: %d (expected: 1 to %d)".formatted(name, value, max));
    }
  }
}
