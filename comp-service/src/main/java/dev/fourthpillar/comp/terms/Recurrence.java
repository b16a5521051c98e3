package dev.fourthpillar.comp.terms;

/** Whether a component comes every year or once. */
public enum Recurrence {
  ANNUAL,
  /** Once; annualised over the contract term like a sign-on. */
  ONE_OFF
}
