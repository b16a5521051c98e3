package dev.fourthpillar.usage.daily;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Usage of one UTC day that nothing is charged for, as it stands.
 *
 * @param tool empty where nobody says
 * @param provider empty where it is told by tool
 * @param model empty where it is told by tool
 * @param currency empty where nothing has a price
 * @param listNanos as far as there is a price
 * @param quantities by meter
 */
record OpenUsage(
    LocalDate day,
    String tool,
    String provider,
    String model,
    long units,
    String currency,
    BigInteger listNanos,
    SortedMap<String, BigInteger> quantities) {

  OpenUsage {
    quantities = new TreeMap<>(quantities);
  }

  /** Why nothing is charged for it, which is also what it is told by. */
  enum State {
    /** By tool. */
    UNATTRIBUTED,
    /** By tool, provider and model. */
    UNPRICED
  }
}
