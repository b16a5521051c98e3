package dev.fourthpillar.backbone.config;

import io.micronaut.context.exceptions.ConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Checks of configuration values. A wrong one ends the start with the key, the value and what was
 * expected.
 *
 * @param prefix of the keys
 */
public record Check(String prefix) {

  /** The value lies in the closed range. */
  public <T extends Comparable<T>> void between(String key, T value, T min, T max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw wrong(key, value, "between " + min + " and " + max);
    }
  }

  /** The condition holds, for what no range expresses. */
  public void that(String key, boolean condition, @Nullable Object value, String expected) {
    if (!condition) {
      throw wrong(key, value, expected);
    }
  }

  private ConfigurationException wrong(String key, @Nullable Object value, String expected) {
    return new ConfigurationException(
        "%s.%s: %s (expected: %s)"
            .formatted(prefix, key, value == null ? "not set" : value, expected));
  }
}
