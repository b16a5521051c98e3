package dev.fourthpillar.pricing.quantity;

/** What is billed beside tokens. Directional units are priced apart for input and output. */
public enum Unit {
  /** Unicode code points of source text (translation, speech). */
  CHARACTERS(true),
  /** Pages read (OCR). */
  PAGES(false),
  /** Seconds of audio or video. */
  SECONDS(true),
  /** Calls: requests, search queries, rerank queries. */
  REQUESTS(false),
  IMAGES(true),
  PIXELS(true),
  BYTES(false),
  /** Code interpreter sessions. */
  SESSIONS(false);

  private final boolean directional;

  Unit(boolean directional) {
    this.directional = directional;
  }

  boolean directional() {
    return directional;
  }

  boolean allows(UnitDetail detail) {
    return switch (detail) {
      case NONE -> true;
      case AUDIO, VIDEO -> this == SECONDS;
      case ANNOTATION -> this == PAGES;
      case WEB_SEARCH, WEB_SEARCH_LOW, WEB_SEARCH_MEDIUM, WEB_SEARCH_HIGH -> this == REQUESTS;
    };
  }
}
