package dev.fourthpillar.usage.evidence;

/**
 * One model call under a hold. A hold's id is unique for its engineer only.
 *
 * @param attempt its place under the hold, from 1
 */
public record HoldAttempt(String engineer, String hold, int attempt) {

  /** No provider has this name, so that no provider's id can be taken for a hold. */
  private static final String NAMESPACE = "fourthpillar:hold";

  public HoldAttempt {
    if (engineer.isBlank() || hold.isBlank() || attempt < 1) {
      throw new IllegalArgumentException(
          "hold attempt: incomplete (expected: engineer, hold, and an attempt from 1)");
    }
  }

  /** Who says it belongs to this attempt is the same call as the attempt. */
  public Alias alias() {
    return new Alias(NAMESPACE, engineer + "/" + attempt + "/" + hold);
  }
}
