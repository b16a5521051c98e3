package dev.fourthpillar.usage.evidence;

/** What a point of a token metric counts, in its source's own terms: kinds may overlap. */
public enum PointKind {
  INPUT,
  OUTPUT,
  CACHE_READ,
  CACHE_WRITE,
  REASONING,
  /** Prompts of tools. */
  TOOL,
  /** The source's own total, to compare with. */
  TOTAL
}
