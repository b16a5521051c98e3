package dev.fourthpillar.pricing.cost;

/** Why there is no total. */
public enum UnpricedReason {
  /** No row fits the reported model. */
  UNKNOWN_MODEL,
  /** Several rows with different prices fit. */
  AMBIGUOUS_MODEL,
  /** The row is known and states no price at all (self-hosted without a comparison price). */
  NO_PRICE,
  /** The row lacks a price for something that was used. */
  MISSING_PRICE
}
