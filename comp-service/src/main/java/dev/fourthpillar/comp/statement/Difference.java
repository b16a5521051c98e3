package dev.fourthpillar.comp.statement;

/** Why the years of a package do not sum to term × average. */
public enum Difference {
  /** Raises of the base, and what is a percentage of it. */
  GROWTH,
  /** Assumed growth of the share price. */
  PRICE,
  /** Grants that vest over another stretch of time than the contract term. */
  UNEQUAL_TERMS,
  /** Lines are rounded, and the average is rounded once while the years are rounded each. */
  ROUNDING
}
