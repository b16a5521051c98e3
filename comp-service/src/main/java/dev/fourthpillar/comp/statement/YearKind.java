package dev.fourthpillar.comp.statement;

import java.time.MonthDay;

/** Where a year begins. */
public sealed interface YearKind {

  /** With the package, as convention K2 counts. */
  record Offer() implements YearKind {}

  /** On 1 January; each event belongs to the year of its date. */
  record Calendar() implements YearKind {}

  /**
   * On the first day of a tax year; each event belongs to the year of its date.
   *
   * @param begins a day that every year has
   */
  record Tax(MonthDay begins) implements YearKind {}
}
