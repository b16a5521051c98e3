package dev.fourthpillar.budget.settled;

import dev.fourthpillar.budget.charge.ChargeCause;

/** Why a line is booked, from why usage-service charges it. */
final class Causes {
  private Causes() {}

  static ChargeCause of(UsageLine line) {
    return switch (line.cause()) {
      case USAGE, REVIEWED -> ChargeCause.USAGE;
      // Whose call it was may become known before anybody was charged, or after.
      case ATTRIBUTED ->
          line.revision() > 1 || line.list().nanos() < 0
              ? ChargeCause.CORRECTION
              : ChargeCause.USAGE;
      case REVISED, VOIDED, SUPPRESSED -> ChargeCause.CORRECTION;
      case MATCHED_HOLD -> ChargeCause.TRUE_UP;
      case REPRICED -> ChargeCause.REPRICED;
    };
  }
}
