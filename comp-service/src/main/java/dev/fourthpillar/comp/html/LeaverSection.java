package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.statement.LeaverStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What one keeps, loses and owes on leaving. There is no total: these are not one sum. */
record LeaverSection(LeaverStatement leaver) {

  List<Node.Element> elements() {
    var bars = bars();
    return List.of(
        el("h2", "What is kept on leaving on " + leaver.lastDay()),
        bars.legend(),
        bars.table(),
        el("p", "And what is no figure:"),
        el("ul").add(leaver.losses().stream().map(loss -> el("li", loss.text())).toList()));
  }

  private Bars bars() {
    var bars = new Bars("Kept, forfeited and owed, had this been the last day");
    bars.row(
        "Base earned in the calendar year",
        new Bars.Track(new Bars.Part(Bars.Kind.KEPT, leaver.earnedBase().total().amount())));
    leaver
        .equity()
        .forEach(
            grant ->
                bars.row(
                    "Grant " + grant.grantId(),
                    new Bars.Track(
                        new Bars.Part(Bars.Kind.KEPT, grant.kept().amount()),
                        new Bars.Part(Bars.Kind.LOST, grant.forfeited().amount()))));
    tokens(bars);
    named(bars, "Sign-on to pay back", Bars.Kind.OWED, leaver.clawbacks());
    named(bars, "Sign-on not yet paid", Bars.Kind.LOST, leaver.unpaidSignOns());
    return bars;
  }

  private void tokens(Bars bars) {
    var parts = new ArrayList<Bars.Part>();
    leaver.tokensKept().amount().ifPresent(amount -> parts.add(part(Bars.Kind.KEPT, amount)));
    leaver.tokensForfeited().amount().ifPresent(amount -> parts.add(part(Bars.Kind.LOST, amount)));
    var name = "Tokens left: PORTABLE is kept";
    if (parts.size() == 2) {
      bars.row(name, new Bars.Track(parts));
    } else {
      bars.without(
          name,
          "kept "
              + Shown.figure(leaver.tokensKept())
              + "; forfeited "
              + Shown.figure(leaver.tokensForfeited()));
    }
  }

  private static Bars.Part part(Bars.Kind kind, Money amount) {
    return new Bars.Part(kind, amount);
  }

  private static void named(Bars bars, String name, Bars.Kind kind, List<Line> lines) {
    Stream<Line> due = lines.stream().filter(line -> line.amount().signum() != 0);
    due.forEach(
        line ->
            bars.row(
                name + " " + line.id().substring(line.id().lastIndexOf('.') + 1),
                new Bars.Track(new Bars.Part(kind, line.amount()))));
  }
}
