package dev.fourthpillar.comp.packages;

import java.time.LocalDate;
import java.util.function.UnaryOperator;

/** What is to be recorded from a day on. */
sealed interface PackageChange {

  LocalDate effectiveFrom();

  /** A package, whatever was before. */
  record Whole(LocalDate effectiveFrom, StoredPackage stored) implements PackageChange {}

  /**
   * The package in effect on that day, changed.
   *
   * @param change throws the failure of the call when the outcome is no valid package
   */
  record Part(LocalDate effectiveFrom, UnaryOperator<StoredPackage> change)
      implements PackageChange {}
}
