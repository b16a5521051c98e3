package dev.fourthpillar.comp.proration;

import dev.fourthpillar.comp.explain.Explanation;
import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * What a part of a calendar year earns, one segment per amount that applied; the total is the sum
 * of the rounded segments.
 */
public record Segments(List<Segment> segments, Line total) {

  /** An amount a month, for ten years. */
  public static final int MAX_AMOUNTS = 120;

  public Segments {
    segments = List.copyOf(segments);
  }

  /**
   * @param idPrefix of the lines, for example {@code base.2026}
   * @param amounts one currency, different days, the first on or before {@code from}; in any order
   * @param from the first day that is paid
   * @param to the last day that is paid, in the same calendar year
   */
  public static Segments of(
      String idPrefix, Proration method, List<AnnualAmount> amounts, LocalDate from, LocalDate to) {
    check(amounts, from, to);
    var sorted = amounts.stream().sorted(Comparator.comparing(AnnualAmount::from)).toList();
    var segments = new ArrayList<Segment>();
    var partBefore = BigFraction.ZERO;
    for (int i = 0; i < sorted.size(); i++) {
      var amount = sorted.get(i);
      var first = later(amount.from(), from);
      var last = i + 1 < sorted.size() ? earlier(sorted.get(i + 1).from().minusDays(1), to) : to;
      if (first.isAfter(last)) {
        continue;
      }
      // Each segment earns the growth of the whole period's part, so that a raise on a 31st or a
      // cap does not make two segments earn more or less than one.
      var partUpTo = method.part(from, last);
      var part = partUpTo.subtract(partBefore);
      partBefore = partUpTo;
      segments.add(
          segment(
              idPrefix + "." + (segments.size() + 1), method, amount.perYear(), first, last, part));
    }
    var lines = segments.stream().map(Segment::line).toList();
    var currency = amounts.getFirst().perYear().currency();
    return new Segments(segments, Line.total(idPrefix, currency, lines));
  }

  private static Segment segment(
      String id, Proration method, Money perYear, LocalDate from, LocalDate to, BigFraction part) {
    var explanation =
        new Explanation(
            "amount per year × part of the year (" + method + ")",
            List.of(
                Input.of("amount per year", perYear),
                Input.of("from", from),
                Input.of("to", to),
                Input.of("part of the year", ExactMoney.plain(part))),
            List.of(),
            List.of());
    var amount = perYear.exact().times(part).round();
    return new Segment(from, to, perYear, new Line(id, amount, Optional.empty(), explanation));
  }

  private static void check(List<AnnualAmount> amounts, LocalDate from, LocalDate to) {
    var checks = new Checks();
    var fromGiven = checks.date("from", from);
    var toGiven = checks.date("to", to);
    var dated = fromGiven && toGiven;
    if (checks.atMost("amounts", amounts, MAX_AMOUNTS)
        && checks.that(!amounts.isEmpty(), "amounts", "none", "at least one")) {
      var currencies =
          amounts.stream().map(amount -> amount.perYear().currency()).distinct().toList();
      checks.that(currencies.size() == 1, "amounts", currencies, "one currency");
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
      checks.that(to.getYear() == from.getYear(), "to", to, "in the calendar year of " + from);
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
