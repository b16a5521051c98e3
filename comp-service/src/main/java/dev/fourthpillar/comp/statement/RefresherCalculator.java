package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.calendar.Months;
import dev.fourthpillar.comp.calendar.OfferYears;
import dev.fourthpillar.comp.calendar.Window;
import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Printer;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Prints what refreshers would bring, outside of every total. */
record RefresherCalculator(Streams streams, OfferYears years, int termYears, Printer printer) {

  private static final String ID = "refreshers.";

  Refreshers refreshers() {
    var annualised =
        streams.refreshers().stream()
            .map(grant -> printer.print(ID + "annualised." + grant.id(), grant.annualised()))
            .toList();
    var perYear =
        IntStream.rangeClosed(1, termYears)
            .mapToObj(year -> total(ID + "year." + year, streams.refreshers(), years.year(year)))
            .toList();
    // The first grant is the earliest; its end is what people call the cliff in year five.
    var first =
        streams.equity().stream()
            .min(
                Comparator.comparing((EquityStream stream) -> stream.grant().grantDate())
                    .thenComparing(EquityStream::id));
    return new Refreshers(annualised, perYear, first.map(this::fall));
  }

  private Refreshers.Fall fall(EquityStream first) {
    var end = first.table().end();
    var after = twelveMonthsFrom(end);
    var before = total(ID + "fall.BEFORE", streams.equity(), twelveMonthsTo(end));
    var afterwards = total(ID + "fall.AFTER", streams.equity(), after);
    return new Refreshers.Fall(
        first.grant().id(),
        end,
        before,
        afterwards,
        Line.derived(
            ID + "fall.FALL",
            before.amount().minus(afterwards.amount()),
            "before - after",
            List.of(before, afterwards)),
        total(ID + "fall.REFRESHERS_AFTER", streams.refreshers(), after));
  }

  private Line total(String id, List<EquityStream> grants, Window window) {
    return Line.total(
        id,
        printer.currency(),
        grants.stream()
            .map(grant -> printer.print(id + "." + grant.id(), grant.within(window)))
            .toList());
  }

  private static Window twelveMonthsTo(LocalDate end) {
    return points(end.minusMonths(Months.PER_YEAR), end);
  }

  private static Window twelveMonthsFrom(LocalDate end) {
    return points(end, end.plusMonths(Months.PER_YEAR));
  }

  private static Window points(LocalDate after, LocalDate through) {
    return new Window(after, through, after.plusDays(1), through);
  }
}
