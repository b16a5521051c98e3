package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.statement.Headline;
import dev.fourthpillar.comp.statement.PackageView;
import dev.fourthpillar.comp.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the package is made of: the average year, each offer year, and why the two differ. */
record PackageSection(Statement statement) {

  List<Node.Element> elements() {
    var bars = yearBars();
    return List.of(
        el("h2", "Components, average year"),
        components(),
        el("h2", "Year by year"),
        bars.legend(),
        bars.table(),
        yearTable(),
        el("h2", "Reconciliation of the two views"),
        reconciliation());
  }

  /** Cash and equity stand in one bar, since they add up; tokens in another, since they do not. */
  private Bars yearBars() {
    var bars = new Bars("Each offer year; tokens are beside pay and no part of it");
    for (int year = 1; year <= statement.years().size(); year++) {
      var figures = YearFigures.of("Year " + year, statement.years().get(year - 1));
      bars.row(
          figures.name(),
          new Bars.Track(
              new Bars.Part(Bars.Kind.CASH, figures.cash()),
              new Bars.Part(Bars.Kind.EQUITY, figures.equity())),
          new Bars.Track(
              figures.tokensAtFace().stream()
                  .map(face -> new Bars.Part(Bars.Kind.TOKENS, "Tokens at FACE", face))
                  .toList()));
    }
    return bars;
  }

  private Node.Element components() {
    var view = statement.annualised();
    var rows = new ArrayList<List<String>>();
    rows.add(row("Base salary", view.base()));
    view.targetBonus().ifPresent(bonus -> rows.add(row("Target bonus", bonus)));
    view.signOns().forEach(line -> rows.add(row("Sign-on " + component(line), line)));
    view.equity().forEach(line -> rows.add(row("Equity " + component(line), line)));
    rows.add(row("CLASSIC_TC: cash and equity", view.classicTc()));
    view.benefits().forEach(line -> rows.add(row("Benefit " + component(line), line)));
    rows.add(
        List.of(
            "Tokens at FACE: beside the classic total, never in it",
            Shown.figure(view.tokensAtFace()),
            formula(view.tokensAtFace().known().stream())));
    rows.add(
        List.of(
            headlineName(view.headline()),
            Shown.figure(view.headline().total()),
            formula(view.headline().total().known().stream())));
    return Tables.table(
        "Components of the average year", List.of("Component", "Amount", "How"), rows);
  }

  private Node.Element yearTable() {
    var headers = new ArrayList<String>();
    headers.add("Component");
    var views = new ArrayList<PackageView>();
    for (int year = 1; year <= statement.years().size(); year++) {
      headers.add("Year " + year);
      views.add(statement.years().get(year - 1));
    }
    headers.add("Average year");
    views.add(statement.annualised());
    headers.add("Next 12 months");
    views.add(statement.next12Months());
    var rows = new ArrayList<List<String>>();
    rows.add(row("Cash", views, view -> Shown.money(YearFigures.of("", view).cash())));
    rows.add(row("Equity", views, view -> Shown.money(YearFigures.of("", view).equity())));
    rows.add(row("CLASSIC_TC", views, view -> Shown.money(view.classicTc().amount())));
    rows.add(row("Tokens at FACE", views, view -> Shown.figure(view.tokensAtFace())));
    rows.add(
        row(
            headlineName(statement.annualised().headline()),
            views,
            view -> Shown.figure(view.headline().total())));
    rows.add(
        row(
            "Token share: tokens at FACE / everything",
            views,
            view -> Shown.ratio(view.tokenShare())));
    return Tables.wide("Each offer year", headers, rows);
  }

  private Node.Element reconciliation() {
    var sums = statement.reconciliation();
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("Sum of the years", Shown.money(sums.sumOfYears())));
    rows.add(List.of("Term × average year", Shown.money(sums.termTimesAverage())));
    rows.add(List.of("Difference", Shown.money(sums.difference())));
    sums.named()
        .forEach((kind, amount) -> rows.add(List.of("of which " + kind, Shown.money(amount))));
    rows.add(List.of("Unexplained", Shown.money(sums.unexplained().round())));
    return Tables.table("Σ years − term × average year", List.of("Figure", "Amount"), rows);
  }

  /** HEADLINE_TC has no name without its label. */
  private static String headlineName(Headline headline) {
    return "HEADLINE_TC (" + headline.label() + ")";
  }

  private static List<String> row(String name, Line line) {
    return List.of(name, Shown.line(line), formula(Stream.of(line)));
  }

  private static List<String> row(
      String name, List<PackageView> views, Function<PackageView, String> cell) {
    return Stream.concat(Stream.of(name), views.stream().map(cell)).toList();
  }

  private static String formula(Stream<Line> lines) {
    return lines.map(line -> line.explanation().formula()).findFirst().orElse("");
  }

  private static String component(Line line) {
    return line.id().substring(line.id().lastIndexOf('.') + 1);
  }
}
