package dev.fourthpillar.pricing.quantity;

/**
 * A meter of a newer vocabulary than this build's. It is counted and shown under its code and has
 * no price: what contains it is UNPRICED, and never cheaper for it.
 */
public record UnknownMeter(String code) implements Meter {

  public UnknownMeter {
    if (code.isEmpty()) {
      throw new IllegalArgumentException("code: empty (expected: a meter's name)");
    }
    if (MeterVocabulary.BY_CODE.containsKey(code)) {
      throw new IllegalArgumentException("code: " + code + " (expected: none that is known)");
    }
  }

  @Override
  public String toString() {
    return code;
  }
}
