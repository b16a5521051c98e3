package dev.fourthpillar.pricing.book;

import java.util.Comparator;

/**
 * What a price row is found by. Provider and model are case-sensitive and spelled as in the price
 * list; for rows of the LiteLLM file that is {@code litellm_provider} and the entry's id, prefix
 * included.
 */
public record ModelKey(String provider, String model) implements Comparable<ModelKey> {

  /** Longest provider or model name, in UTF-16 code units. */
  public static final int MAX_NAME_LENGTH = 256;

  private static final Comparator<ModelKey> ORDER =
      Comparator.comparing(ModelKey::provider).thenComparing(ModelKey::model);

  /**
   * @throws IllegalArgumentException for a blank, too long or unprintable name
   */
  public ModelKey {
    check("provider", provider);
    check("model", model);
  }

  private static void check(String what, String name) {
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          what
              + ": length "
              + name.length()
              + " (expected: 1.."
              + MAX_NAME_LENGTH
              + ", not blank)");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + ": control character (expected: printable)");
    }
  }

  @Override
  public int compareTo(ModelKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return provider + " " + model;
  }
}
