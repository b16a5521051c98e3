package dev.fourthpillar.comp.lens;

/** The five readings of a token budget. Every token figure carries the name of its lens. */
public enum Lens {
  /** Granted budget at the list price book of the grant date. */
  FACE,
  /** Use at list price. */
  CONSUMED,
  /** What the employer pays for it. */
  EMPLOYER_COST,
  /** What of it the engineer has in private. */
  REALIZABLE,
  /** What of it survives an exit. */
  PORTABLE
}
