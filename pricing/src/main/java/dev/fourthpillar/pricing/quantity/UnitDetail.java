package dev.fourthpillar.pricing.quantity;

/** The part of a unit that price lists tell apart. */
public enum UnitDetail {
  NONE,
  AUDIO,
  VIDEO,
  ANNOTATION,
  /** A web search whose context size is not known. */
  WEB_SEARCH,
  WEB_SEARCH_LOW,
  WEB_SEARCH_MEDIUM,
  WEB_SEARCH_HIGH
}
