package dev.fourthpillar.budget.journal;

/**
 * Why something was booked.
 *
 * @param type who or what wanted it
 * @param id of the command, line, lot or hold; the movement's client-chosen id
 * @param detail one word of the field, for example LATE or TRUE_UP
 */
public record Cause(Type type, String id, String detail) {
  /** Length of an id. */
  public static final int MAX_ID_CHARS = 300;

  public Cause {
    if (id.isEmpty() || id.length() > MAX_ID_CHARS) {
      throw new IllegalArgumentException(
          "cause id: %d characters (expected: 1 to %d)".formatted(id.length(), MAX_ID_CHARS));
    }
  }

  /** Who or what wanted it. */
  public enum Type {
    /** Somebody who called. */
    COMMAND,
    /** Another service's event. */
    EVENT,
    /** Time. */
    SCHEDULE
  }

  public static Cause command(String id, String detail) {
    return new Cause(Type.COMMAND, id, detail);
  }

  public static Cause event(String id, String detail) {
    return new Cause(Type.EVENT, id, detail);
  }

  public static Cause schedule(String id, String detail) {
    return new Cause(Type.SCHEDULE, id, detail);
  }

  public Cause withDetail(String other) {
    return new Cause(type, id, other);
  }
}
