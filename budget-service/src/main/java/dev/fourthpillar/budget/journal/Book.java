package dev.fourthpillar.budget.journal;

/** The books of one account; a movement takes from one (credit) and puts into another (debit). */
public enum Book {
  /** What there is: free, or in holds. */
  BALANCE,
  /** Where grants come from. */
  GRANTED,
  /** Where settled usage goes. */
  CONSUMED,
  /** Where unused lots go. */
  EXPIRED,
  /** Where reductions go. */
  REDUCED,
  /** The usage that lots do not pay. */
  OVERAGE,
  /** Who pays that, and what is uncapped. */
  EMPLOYER,
  /** The usage that an entitlement without a limit pays, without lots. */
  UNCAPPED,
  /** Where what goes on after a lot's end is, between the two movements that carry it. */
  CARRIED
}
