package dev.fourthpillar.usage.evidence;

/**
 * One model call under a hold. A hold's id is unique for its engineer only.
 *
 * @param attempt its place under the hold, from 1
 * @param settlement of the hold's own account of it: which of them, from 1, the highest counts; 0
 *     for everybody else's
 */
public record HoldAttempt(String engineer, String hold, int attempt, long settlement) {

  public HoldAttempt {
    if (engineer.isBlank() || hold.isBlank() || attempt < 1 || settlement < 0) {
      throw new IllegalArgumentException(
          "hold attempt: incomplete (expected: engineer, hold, and an attempt from 1)");
    }
  }

  /** Who says it belongs to this attempt is the same call as the attempt. */
  public Alias alias() {
    return new Alias(Alias.HOLD, engineer + "/" + attempt + "/" + hold);
  }
}
