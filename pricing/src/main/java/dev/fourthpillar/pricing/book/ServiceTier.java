package dev.fourthpillar.pricing.book;

/** How a call was served. Anything but STANDARD may have prices or a multiplier of its own. */
public enum ServiceTier {
  STANDARD,
  BATCH,
  FLEX,
  PRIORITY,
  FAST
}
