package dev.fourthpillar.budget.balance;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** In how many days a budget is used up, if use goes on as it was. */
sealed interface Forecast {
  /** Beyond that a forecast says nothing. */
  int MAX_DAYS = 3_650;

  /**
   * @param days rounded down to one decimal
   */
  record Days(BigDecimal days) implements Forecast {}

  record Absent(Reason reason) implements Forecast {}

  /** Why there is none. */
  enum Reason {
    NO_USE,
    UNLIMITED,
    HISTORY_TOO_SHORT,
    TOO_FAR
  }

  /** What is looked at. */
  enum Method {
    LAST_7_DAYS(7),
    LAST_28_DAYS(28);

    private final int days;

    Method(int days) {
      this.days = days;
    }

    Duration window() {
      return Duration.ofDays(days);
    }

    /**
     * @param available nanos
     * @param used nanos in the window; may be negative when more was taken back
     * @param age of the account; empty when it has no entry
     */
    Forecast of(BigInteger available, boolean unlimited, BigInteger used, Optional<Duration> age) {
      if (unlimited) {
        return new Absent(Reason.UNLIMITED);
      }
      if (age.isEmpty() || age.get().compareTo(window()) < 0) {
        return new Absent(Reason.HISTORY_TOO_SHORT);
      }
      if (used.signum() <= 0) {
        return new Absent(Reason.NO_USE);
      }
      BigDecimal left =
          new BigDecimal(available.max(BigInteger.ZERO).multiply(BigInteger.valueOf(days)))
              .divide(new BigDecimal(used), 1, RoundingMode.DOWN);
      return left.compareTo(BigDecimal.valueOf(MAX_DAYS)) > 0
          ? new Absent(Reason.TOO_FAR)
          : new Days(left);
    }
  }
}
