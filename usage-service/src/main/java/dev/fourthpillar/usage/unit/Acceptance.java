package dev.fourthpillar.usage.unit;

import java.util.Set;

/** What one piece of evidence did. */
public sealed interface Acceptance {

  long unit();

  /** The first report of a call. */
  record Opened(long unit) implements Acceptance {}

  /**
   * Another report of a known call.
   *
   * @param voided the units that this report proved to be the same call
   */
  record Joined(long unit, Set<Long> voided) implements Acceptance {
    public Joined {
      voided = Set.copyOf(voided);
    }
  }

  /** Seen before, word for word. */
  record Duplicate(long unit) implements Acceptance {}

  /** Seen before with another content. Kept beside it, listed, and not added. */
  record Conflict(long unit) implements Acceptance {}
}
