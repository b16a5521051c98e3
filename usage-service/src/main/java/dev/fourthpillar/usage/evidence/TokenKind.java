package dev.fourthpillar.usage.evidence;

/**
 * The disjoint kinds: one token is of exactly one kind, so kinds add up. Reasoning is not one of
 * them, it is a labelled part of {@link #OUTPUT} and kept beside it.
 */
public enum TokenKind {
  /** Neither read from nor written to a cache. */
  INPUT,
  CACHE_READ,
  CACHE_WRITE_5M,
  CACHE_WRITE_30M,
  CACHE_WRITE_1H,
  CACHE_WRITE_12H,
  /** Written to a cache, for a time the source does not tell. */
  CACHE_WRITE,
  /** Includes reasoning. */
  OUTPUT
}
