package dev.fourthpillar.pricing.litellm;

/** What the import did with a field of the file. */
public enum FieldUse {
  /** It became a price, a multiplier or a part of the key. */
  IMPORTED,
  /** It says nothing about prices (limits, abilities, notes). */
  INFORMATION,
  /** It means, or may mean, something for prices and is not used; unknown fields are here. */
  NOT_SUPPORTED
}
