package dev.fourthpillar.pricing.quantity;

/**
 * One thing that is counted and has a price: tokens of a kind, or another unit. Meters are ordered
 * by {@link #code()}, which is also their name in price books and events, for example {@code
 * cache_write.1h}, {@code input.audio} or {@code requests.web_search}.
 */
public sealed interface Meter extends Comparable<Meter>
    permits TokenMeter, UnitMeter, UnknownMeter {

  /** The stable name, lower case, parts separated by dots. */
  String code();

  /**
   * The meter with that code.
   *
   * @throws IllegalArgumentException if there is none; the vocabulary is closed
   */
  static Meter parse(String code) {
    Meter meter = MeterVocabulary.BY_CODE.get(code);
    if (meter == null) {
      throw new IllegalArgumentException("no such meter: " + code);
    }
    return meter;
  }

  /**
   * The meter with that code, or an {@link UnknownMeter}: for what a peer with a newer vocabulary
   * has said already. What may be refused is read by {@link #parse}.
   */
  static Meter read(String code) {
    Meter meter = MeterVocabulary.BY_CODE.get(code);
    return meter == null ? new UnknownMeter(code) : meter;
  }

  @Override
  default int compareTo(Meter other) {
    return code().compareTo(other.code());
  }
}
