package dev.fourthpillar.pricing.naming;

/** How a reported model name was found in a price book, strongest first. Kept on every record. */
public enum ResolutionMethod {
  /** The book has the id as reported. */
  EXACT_ID,
  /** The book files the model as {@code provider/id}. */
  PROVIDER_ID,
  /** The names differ only in a snapshot date or {@code -latest}. */
  DATED_ALIAS,
  /** A documented {@link FamilyRule} rewrote the name first. */
  FAMILY_RULE
}
