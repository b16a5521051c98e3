package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.calendar.Months;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Fractions;
import dev.fourthpillar.comp.money.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * What of a one-off payment is owed back by whoever leaves early.
 *
 * @param months length of the obligation from the payment on, 1 to {@link #MAX_MONTHS}
 */
public record Clawback(int months, Counting counting) {

  public static final int MAX_MONTHS = 120;

  /** How the time served is counted. */
  public enum Counting {
    WHOLE_MONTHS,
    DAYS
  }

  public Clawback {
    var checks = new Checks();
    checks.that(months >= 1 && months <= MAX_MONTHS, "months", months, "1 to " + MAX_MONTHS);
    checks.present("counting", counting);
    checks.orThrow();
  }

  /**
   * Amount × remaining / term. Nothing is owed before the payment was made.
   *
   * @param lastDay the last day of employment, which counts as served
   */
  public ExactMoney liability(Money amount, LocalDate paid, LocalDate lastDay) {
    if (lastDay.isBefore(paid)) {
      return ExactMoney.zero(amount.currency());
    }
    var free = lastDay.plusDays(1);
    var end = paid.plusMonths(months);
    var remaining =
        switch (counting) {
          case WHOLE_MONTHS -> Fractions.of(Math.max(0, months - Months.whole(paid, free)), months);
          case DAYS ->
              Fractions.of(
                  Math.max(0, ChronoUnit.DAYS.between(free, end)),
                  ChronoUnit.DAYS.between(paid, end));
        };
    return amount.exact().times(remaining);
  }
}
