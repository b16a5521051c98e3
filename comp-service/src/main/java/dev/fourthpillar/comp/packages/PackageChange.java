package dev.fourthpillar.comp.packages;

import java.time.LocalDate;
import java.util.function.UnaryOperator;

/** What is to be recorded from a day on. */
sealed interface PackageChange {

  LocalDate effectiveFrom();

  /** Path of the package in the request; empty where the request has a part of one. */
  String path();

  /** Why, as the caller said; empty where nothing was. */
  String reason();

  /** A package, whatever was before. */
  record Whole(LocalDate effectiveFrom, String path, StoredPackage stored, String reason)
      implements PackageChange {}

  /**
   * The package in effect on that day, changed.
   *
   * @param change throws the failure of the call when the outcome is no valid package
   */
  record Part(LocalDate effectiveFrom, UnaryOperator<StoredPackage> change, String reason)
      implements PackageChange {
    @Override
    public String path() {
      return "";
    }
  }
}
