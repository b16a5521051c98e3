package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.packages.PackageRecord;
import dev.fourthpillar.comp.proration.AnnualAmount;
import dev.fourthpillar.comp.statement.BaseCurve;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** From what was recorded to the base that applied from which day on. */
final class BaseHistory {

  private BaseHistory() {}

  /**
   * @param timeline by the day of effect, each day once; the first on or before {@code from}
   * @param from the first day that is asked for
   * @param to the last day that is asked for
   */
  static List<AnnualAmount> of(List<PackageRecord> timeline, LocalDate from, LocalDate to) {
    var amounts = new ArrayList<AnnualAmount>();
    Money before = null;
    for (int i = 0; i < timeline.size(); i++) {
      var record = timeline.get(i);
      var end = i + 1 < timeline.size() ? timeline.get(i + 1).effectiveFrom() : to.plusDays(1);
      var first = record.effectiveFrom().isAfter(from) ? record.effectiveFrom() : from;
      var last = end.minusDays(1).isBefore(to) ? end.minusDays(1) : to;
      if (first.isAfter(last)) {
        continue;
      }
      var years = record.pack().years();
      var curve = BaseCurve.of(record.pack().base(), years.payYearOf(last));
      for (int year = years.payYearOf(first); year <= years.payYearOf(last); year++) {
        var since = years.anniversary(year - 1);
        // What a new record leaves as it was is no segment of its own.
        if (!curve.year(year).equals(before)) {
          amounts.add(AnnualAmount.of(since.isAfter(first) ? since : first, curve.year(year)));
        }
        before = curve.year(year);
      }
    }
    return amounts;
  }
}
