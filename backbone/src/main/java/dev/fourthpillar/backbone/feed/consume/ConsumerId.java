package dev.fourthpillar.backbone.feed.consume;

/**
 * A consumption: whose events, and what for. Its cursors are kept under this name; a second purpose
 * for the same source has a name of its own.
 *
 * @param source the service whose feed is read, as its events name it
 * @param name what is made of the events, for example {@code usage-booking}
 */
public record ConsumerId(String source, String name) {
  public ConsumerId {
    if (source.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException(
          "consumer: '%s' of '%s' (expected: two names)".formatted(name, source));
    }
  }
}
