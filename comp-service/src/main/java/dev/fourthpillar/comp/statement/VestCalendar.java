package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.vest.Quantity;
import dev.fourthpillar.comp.vest.Tranche;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of the promised grants vests when, at the prices of their terms, without growth.
 *
 * @param periods those in which something vests, by time: quarters of the calendar, or years where
 *     there would be more than {@link #MOST_QUARTERS} of them
 * @param grants in the order of the package
 */
public record VestCalendar(List<Period> periods, List<Grant> grants) {

  /** More than a reader takes in at a glance. */
  static final int MOST_QUARTERS = 24;

  /**
   * @param name for example {@code 2026 Q1}, or {@code 2026}
   * @param vested up to and including the as-of date
   * @param later after it
   */
  public record Period(String name, Money vested, Money later) {}

  /**
   * @param next the next day something vests; empty when all has
   * @param end the day the last of it vests
   */
  public record Grant(
      String id, Quantity vested, Quantity unvested, Optional<Tranche> next, LocalDate end) {}

  public VestCalendar {
    periods = List.copyOf(periods);
    grants = List.copyOf(grants);
  }

  /**
   * @throws dev.fourthpillar.comp.failure.RateMissing when currencies meet without a quote
   */
  public static VestCalendar of(
      CompensationPackage pack, LocalDate asOf, Currency currency, FxTable fx) {
    var printer = new Printer(currency, asOf, fx);
    var promised = pack.equity().stream().filter(grant -> !grant.refresher()).toList();
    var quarters = periods(promised, printer, VestCalendar::quarter);
    return new VestCalendar(
        quarters.size() <= MOST_QUARTERS
            ? quarters
            : periods(promised, printer, day -> Integer.toString(day.getYear())),
        promised.stream().map(grant -> grant(grant, asOf)).toList());
  }

  private static Grant grant(EquityGrant grant, LocalDate asOf) {
    var table = grant.vestTable();
    return new Grant(
        grant.id(),
        table.vested(asOf),
        table.unvested(asOf),
        table.tranches().stream()
            .filter(tranche -> tranche.date().isAfter(asOf) && tranche.quantity().micros() > 0)
            .findFirst(),
        table.end());
  }

  private static String quarter(LocalDate day) {
    return day.getYear() + " Q" + day.get(IsoFields.QUARTER_OF_YEAR);
  }

  private interface Naming {
    String of(LocalDate day);
  }

  private static List<Period> periods(List<EquityGrant> grants, Printer printer, Naming naming) {
    var sums = new TreeMap<String, Sums>();
    var none = new Sums(ExactMoney.zero(printer.currency()), ExactMoney.zero(printer.currency()));
    for (var grant : grants) {
      for (var tranche : grant.vestTable().tranches()) {
        if (tranche.quantity().micros() > 0) {
          var worth = printer.exact(grant.unitValue().times(tranche.quantity().fraction()));
          sums.merge(
              naming.of(tranche.date()),
              none.plus(worth, tranche.date().isAfter(printer.asOf())),
              (one, other) -> one.plus(other.vested, false).plus(other.later, true));
        }
      }
    }
    var periods = new ArrayList<Period>();
    sums.forEach(
        (name, sum) -> periods.add(new Period(name, sum.vested.round(), sum.later.round())));
    return periods;
  }

  private record Sums(ExactMoney vested, ExactMoney later) {
    Sums plus(ExactMoney worth, boolean isLater) {
      return isLater ? new Sums(vested, later.plus(worth)) : new Sums(vested.plus(worth), later);
    }
  }
}
