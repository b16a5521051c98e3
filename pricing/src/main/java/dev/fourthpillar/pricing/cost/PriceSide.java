package dev.fourthpillar.pricing.cost;

/** Every record is priced twice. */
public enum PriceSide {
  /**
   * The public price: what budgets are granted, held and debited in unless a plan says otherwise.
   */
  LIST,
  /** What the employer pays: discounts, negotiated rates, marginal cost of own models. */
  EMPLOYER
}
