package dev.fourthpillar.usage.telemetry;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The kept attributes of a record or resource. An empty value is an absent one. */
public record Attributes(Map<String, AttributeValue> values) {

  private static final Attributes NONE = new Attributes(Map.of());

  public Attributes {
    values = Map.copyOf(values);
  }

  public static Attributes none() {
    return NONE;
  }

  public Optional<String> text(String key) {
    AttributeValue value = values.get(key);
    return value == null
        ? Optional.empty()
        : Optional.of(value.text().strip()).filter(text -> !text.isEmpty());
  }

  /** The first of several names a value goes by. */
  public Optional<String> firstText(String... keys) {
    for (String key : keys) {
      Optional<String> text = text(key);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  public Count count(String key) {
    AttributeValue value = values.get(key);
    return value == null ? new Count.Absent() : Count.of(value);
  }

  /**
   * Absent as well where the value is no number: for claims kept for comparison, never for counts.
   */
  public Optional<BigDecimal> decimal(String key) {
    return text(key).filter(text -> text.length() <= Count.MAX_DIGITS).flatMap(Attributes::parse);
  }

  private static Optional<BigDecimal> parse(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /** Names only: the values are e-mail addresses and ids of people, and a text may end in a log. */
  @Override
  public String toString() {
    return "Attributes" + new TreeSet<>(values.keySet());
  }
}
