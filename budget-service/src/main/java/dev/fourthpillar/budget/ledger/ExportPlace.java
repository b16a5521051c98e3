package dev.fourthpillar.budget.ledger;

import java.time.Instant;

/**
 * How far an export has come.
 *
 * @param asOf entries recorded by then
 * @param account of the last entry that was sent; empty for none
 * @param number of that entry
 */
record ExportPlace(Instant asOf, String account, long number) {

  /** At the beginning. */
  static ExportPlace start(Instant asOf) {
    return new ExportPlace(asOf, "", 0);
  }

  ExportPlace after(String lastAccount, long lastNumber) {
    return new ExportPlace(asOf, lastAccount, lastNumber);
  }
}
