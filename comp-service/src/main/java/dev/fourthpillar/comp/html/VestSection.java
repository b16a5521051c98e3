package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.statement.VestCalendar;
import java.util.List;

/** What vests when. */
record VestSection(VestCalendar calendar) {

  List<Node.Element> elements() {
    var heading = el("h2", "What vests when");
    if (calendar.grants().isEmpty()) {
      return List.of(heading, el("p", "The package holds no promised grant."));
    }
    var bars = new Bars("Vesting grants, at the prices of their terms, without growth");
    for (var period : calendar.periods()) {
      bars.row(
          period.name(),
          new Bars.Track(
              new Bars.Part(Bars.Kind.KEPT, "vested", period.vested()),
              new Bars.Part(Bars.Kind.EQUITY, "to vest", period.later())));
    }
    return List.of(
        heading,
        bars.legend(),
        bars.table(),
        Tables.wide(
            "Grants on the day of the statement",
            List.of("Grant", "Vested", "Not vested", "Next", "Vested in full"),
            calendar.grants().stream()
                .map(
                    grant ->
                        List.of(
                            grant.id(),
                            grant.vested().toString(),
                            grant.unvested().toString(),
                            grant
                                .next()
                                .map(next -> next.quantity() + " on " + next.date())
                                .orElse("nothing more"),
                            grant.end().toString()))
                .toList()));
  }
}
