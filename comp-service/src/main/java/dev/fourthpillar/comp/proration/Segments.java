package dev.fourthpillar.comp.proration;

import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.line.Worth;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * What a part of a year earns, one segment per amount that applied; the total is the sum of the
 * rounded segments.
 */
public record Segments(List<Segment> segments, Line total) {

  /** An amount a month, for ten years. */
  public static final int MAX_AMOUNTS = 120;

  public Segments {
    segments = List.copyOf(segments);
  }

  /**
   * Whose segments: the total is {@code view.name}, the second segment {@code view.SEGMENT.name.2}.
   */
  public record Name(String view, String name) {
    private String total() {
      return view + "." + name;
    }

    private String segment(int number) {
      return view + ".SEGMENT." + name + "." + number;
    }
  }

  /**
   * A period of a year.
   *
   * @param from the first day that is paid
   * @param to the last day that is paid, in the same year
   */
  public record Period(PayYear year, LocalDate from, LocalDate to) {

    /** A period of a calendar year. */
    public static Period of(LocalDate from, LocalDate to) {
      return new Period(PayYear.calendar(from), from, to);
    }
  }

  /**
   * @param amounts for different days, the first on or before the period; in any order
   * @param printer of the statement: amounts in other currencies are converted once per segment
   */
  public static Segments of(
      Printer printer, Name name, Proration method, List<AnnualAmount> amounts, Period period) {
    check(amounts, period);
    var sorted = amounts.stream().sorted(Comparator.comparing(AnnualAmount::from)).toList();
    var segments = new ArrayList<Segment>();
    var partBefore = BigFraction.ZERO;
    for (int i = 0; i < sorted.size(); i++) {
      var amount = sorted.get(i);
      var first = later(amount.from(), period.from());
      var last =
          i + 1 < sorted.size()
              ? earlier(sorted.get(i + 1).from().minusDays(1), period.to())
              : period.to();
      if (first.isAfter(last)) {
        continue;
      }
      // Each segment earns the growth of the whole period's part, so that a raise on a 31st or a
      // cap does not make two segments earn more or less than one.
      var partUpTo = method.part(period.from(), last, period.year());
      var worth = earned(method, amount.perYear(), first, last, partUpTo.subtract(partBefore));
      partBefore = partUpTo;
      segments.add(
          new Segment(
              first,
              last,
              amount.perYear().exact(),
              printer.print(name.segment(segments.size() + 1), worth)));
    }
    var lines = segments.stream().map(Segment::line).toList();
    return new Segments(segments, Line.total(name.total(), printer.currency(), lines));
  }

  private static Worth earned(
      Proration method, Worth perYear, LocalDate from, LocalDate to, BigFraction part) {
    var inputs = new ArrayList<>(perYear.inputs());
    inputs.add(Input.of("amount per year", perYear.exact()));
    inputs.add(Input.of("from", from));
    inputs.add(Input.of("to", to));
    inputs.add(Input.of("part of the year", part));
    return new Worth(
        perYear.exact().times(part),
        "amount per year × part of the year (" + method + ")",
        inputs,
        perYear.snapshots(),
        List.of());
  }

  private static void check(List<AnnualAmount> amounts, Period period) {
    var checks = new Checks();
    var from = period.from();
    var to = period.to();
    var fromGiven = checks.date("from", from);
    var toGiven = checks.date("to", to);
    var dated = fromGiven && toGiven;
    if (checks.atMost("amounts", amounts, MAX_AMOUNTS)
        && checks.that(!amounts.isEmpty(), "amounts", "none", "at least one")) {
      var days = amounts.stream().map(AnnualAmount::from).distinct().count();
      checks.that(days == amounts.size(), "amounts", amounts, "one amount per day");
      var earliest = amounts.stream().map(AnnualAmount::from).min(Comparator.naturalOrder());
      checks.that(
          !dated || !earliest.orElseThrow().isAfter(from),
          "amounts",
          "the first from " + earliest.orElseThrow(),
          "the first from " + from + " or earlier");
    }
    if (dated) {
      checks.that(!to.isBefore(from), "to", to, "on or after " + from);
      checks.that(period.year().holds(to), "to", to, "in the year " + period.year());
    }
    checks.orThrow();
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
