package dev.fourthpillar.pricing.quantity;

/**
 * The canonical kinds of tokens. INPUT, CACHE_READ, CACHE_WRITE and OUTPUT never overlap: they add
 * up to a record's tokens. REASONING is a label on a part of OUTPUT and is never added.
 */
public enum TokenKind {
  /** Prompt tokens that were neither read from a cache nor written to one. */
  INPUT,
  /** Prompt tokens read from a cache. */
  CACHE_READ,
  /** Prompt tokens written to a cache; the time to live is a label ({@link CacheTtl}). */
  CACHE_WRITE,
  /** Generated tokens, reasoning included. */
  OUTPUT,
  /** The part of OUTPUT that was reasoning. */
  REASONING;

  /** Whether tokens of this kind count towards the prompt size that selects a size tier. */
  public boolean isPrompt() {
    return switch (this) {
      case INPUT, CACHE_READ, CACHE_WRITE -> true;
      case OUTPUT, REASONING -> false;
    };
  }

  /** Whether tokens of this kind count towards the total; REASONING is inside OUTPUT already. */
  public boolean isAdded() {
    return this != REASONING;
  }
}
