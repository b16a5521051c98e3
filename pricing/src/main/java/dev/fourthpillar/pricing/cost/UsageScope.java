package dev.fourthpillar.pricing.cost;

/** Whether the quantities are one request's, so that their prompt size selects a size tier. */
public enum UsageScope {
  REQUEST,
  /** Several requests in one number (metrics, reports): there is no prompt size. */
  AGGREGATE
}
