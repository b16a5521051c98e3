package dev.fourthpillar.cli;

/** What people type for a cap's window; the names are the contract's. */
enum CapWindowName {
  DAY,
  WEEK,
  MONTH,
  YEAR,
  TOTAL
}
