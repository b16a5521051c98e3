package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.calendar.Window;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.proration.AnnualAmount;
import dev.fourthpillar.comp.proration.PayYear;
import dev.fourthpillar.comp.proration.Segment;
import dev.fourthpillar.comp.proration.Segments;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads a package year by year. Offer years follow convention K2; in calendar and tax years each
 * event belongs to the year of its date, and pay is prorated by convention K6.
 */
public final class YearProjection {

  private static final MonthDay NEW_YEAR = MonthDay.of(1, 1);

  private final ProjectionInput input;
  private final Printer printer;

  private YearProjection(ProjectionInput input) {
    this.input = input;
    this.printer = new Printer(input.terms().currency(), input.terms().asOf(), input.terms().fx());
  }

  /**
   * @throws dev.fourthpillar.comp.failure.CompFailure as {@link StatementCalculator#calculate}
   */
  public static List<ProjectedYear> of(ProjectionInput input) {
    var projection = new YearProjection(input);
    return switch (input.kind()) {
      case YearKind.Offer _ -> projection.offerYears();
      case YearKind.Calendar _ ->
          projection.years(NEW_YEAR, year -> "calendar." + year.first().getYear());
      case YearKind.Tax(MonthDay begins) -> projection.years(begins, year -> "tax." + year.first());
    };
  }

  private List<ProjectedYear> offerYears() {
    var pack = input.terms().pack();
    int count = input.years().orElse(pack.termYears());
    var builder = builder(count);
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            n -> {
              var window = pack.years().year(n);
              return new ProjectedYear(
                  window.firstPayDay(),
                  window.lastPayDay(),
                  builder.build("year." + n, stream -> stream.within(window)),
                  List.of());
            })
        .toList();
  }

  private ViewBuilder builder(int lastYear) {
    var pack = input.terms().pack();
    return new ViewBuilder(
        Streams.throughYear(pack, lastYear), StatementCalculator.noFace(pack.tokens()), printer);
  }

  private List<ProjectedYear> years(MonthDay begins, Function<PayYear, String> id) {
    var windows = windows(begins);
    var lastDay = windows.getLast().lastPayDay();
    var builder = builder(input.terms().pack().years().payYearOf(lastDay));
    var projected = new ArrayList<ProjectedYear>(windows.size());
    for (var window : windows) {
      var year = PayYear.of(begins, window.pointsThrough());
      var segments = new ArrayList<Segment>();
      var view =
          builder.buildOf(
              id.apply(year), stream -> line(id.apply(year), stream, window, year, segments));
      projected.add(
          new ProjectedYear(
              window.pointsAfter().plusDays(1), window.pointsThrough(), view, segments));
    }
    return projected;
  }

  /**
   * From the year that holds the start. Where no number of years is asked for, pay ends with the
   * term, and the term's last anniversary still counts for what happens on a day.
   */
  private List<Window> windows(MonthDay begins) {
    var term = input.terms().pack().years().anniversary(input.terms().pack().termYears());
    var windows = new ArrayList<Window>();
    var year = PayYear.of(begins, input.start());
    while (input.years().map(count -> windows.size() < count).orElse(!year.first().isAfter(term))) {
      var first = later(year.first(), input.start());
      var cut = input.years().isEmpty();
      windows.add(
          new Window(
              first.minusDays(1),
              cut ? earlier(year.last(), term) : year.last(),
              first,
              cut ? earlier(year.last(), term.minusDays(1)) : year.last()));
      year = year.next();
    }
    return windows;
  }

  private Line line(
      String view, MoneyStream stream, Window window, PayYear year, List<Segment> segments) {
    return switch (stream) {
      case OneOffStream oneOff -> printer.print(view + "." + stream.id(), oneOff.within(window));
      case EquityStream equity -> printer.print(view + "." + stream.id(), equity.within(window));
      case PayStream pay -> {
        if (window.payDays() < 1) {
          yield printer.zero(view + "." + stream.id(), "0, the term has ended");
        }
        var earned =
            Segments.of(
                printer,
                new Segments.Name(view, stream.id()),
                input.proration(),
                amounts(pay, window),
                new Segments.Period(year, window.firstPayDay(), window.lastPayDay()));
        segments.addAll(earned.segments());
        yield earned.total();
      }
    };
  }

  /** From when which amount applies; what an anniversary does not change is one segment. */
  private static List<AnnualAmount> amounts(PayStream pay, Window window) {
    var years = pay.years();
    int first = years.payYearOf(window.firstPayDay());
    int last = years.payYearOf(window.lastPayDay());
    var amounts = new ArrayList<AnnualAmount>();
    ExactMoney before = null;
    for (int n = first; n <= last; n++) {
      var amount = pay.amounts().get(n - 1);
      if (!amount.exact().equals(before)) {
        amounts.add(new AnnualAmount(years.anniversary(n - 1), amount));
      }
      before = amount.exact();
    }
    return amounts;
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDate earlier(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
