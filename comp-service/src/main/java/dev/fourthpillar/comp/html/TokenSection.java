package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.lens.Lens;
import dev.fourthpillar.comp.lens.Lenses;
import dev.fourthpillar.comp.statement.Metrics;
import dev.fourthpillar.comp.statement.Statement;
import dev.fourthpillar.comp.statement.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fourth component: its five lenses, what was used of it, ratios and flags. */
record TokenSection(Statement statement) {

  List<Node.Element> elements() {
    var out = new ArrayList<Node.Element>();
    out.add(el("h2", "Tokens under five lenses"));
    statement
        .lenses()
        .ifPresentOrElse(
            lenses -> {
              out.add(lensBars(lenses));
              out.add(lensTable(lenses));
              out.add(el("h2", "Consumed and granted"));
              out.add(useTable(lenses));
            },
            () -> out.add(el("p", "The package holds no token budget.")));
    out.add(el("h2", "Ratios and metrics"));
    out.add(ratioTable());
    out.add(el("h2", "Flags"));
    out.add(el("ul").add(flags().stream().map(flag -> el("li", flag)).toList()));
    return out;
  }

  private static Node.Element lensBars(Lenses lenses) {
    var bars = new Bars("The five lenses side by side");
    for (var lens : Lens.values()) {
      lenses
          .at(lens)
          .amount()
          .ifPresentOrElse(
              amount ->
                  bars.row(
                      lens.name(),
                      new Bars.Track(new Bars.Part(Bars.Kind.TOKENS, "a year", amount))),
              () -> bars.without(lens.name(), Shown.figure(lenses.at(lens))));
    }
    return bars.table();
  }

  private static Node.Element lensTable(Lenses lenses) {
    return Tables.table(
        "One budget, five readings; none of them is cash",
        List.of("Lens", "What it says", "Amount"),
        Arrays.stream(Lens.values())
            .map(lens -> List.of(lens.name(), meaning(lens), Shown.figure(lenses.at(lens))))
            .toList());
  }

  private static String meaning(Lens lens) {
    return switch (lens) {
      case FACE -> "granted per year, at the list price book of the grant date";
      case CONSUMED -> "used, at list price: own budget and overage";
      case EMPLOYER_COST -> "what the employer paid for what was used";
      case REALIZABLE -> "what of it is of private use or cash";
      case PORTABLE -> "what of the unspent rest survives an exit";
    };
  }

  private Node.Element useTable(Lenses lenses) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("Granted per year (FACE)", Shown.figure(lenses.face())));
    rows.add(List.of("Consumed from the own budget", part("lens.CONSUMED.OWN")));
    rows.add(List.of("Overage: own calls beyond the budget", Shown.figure(lenses.overage())));
    rows.add(List.of("CONSUMED: own budget and overage", Shown.figure(lenses.consumed())));
    rows.add(List.of("UNSPENT", Shown.figure(lenses.unspent())));
    rows.add(
        List.of(
            "Employer-funded: pools, projects, others (shown, never added)",
            Shown.figure(lenses.employerFunded())));
    lenses
        .unusedCommitment()
        .ifPresent(unused -> rows.add(List.of("Unused commitment", Shown.figure(unused))));
    rows.add(
        List.of("Expected consumption", Shown.figure(statement.metrics().expectedConsumption())));
    rows.add(
        List.of(
            "Shortfall: expected − CONSUMED, at least 0",
            Shown.figure(statement.metrics().shortfall())));
    return Tables.table("Consumed and granted", List.of("Figure", "Amount"), rows);
  }

  private String part(String lineId) {
    return statement.find(lineId).map((Line line) -> Shown.line(line)).orElse("not stated");
  }

  private Node.Element ratioTable() {
    Metrics metrics = statement.metrics();
    return Tables.table(
        "Ratios of rounded lines",
        List.of("Metric", "Value"),
        List.of(
            List.of(
                "Token share: FACE / everything including tokens",
                Shown.ratio(metrics.tokenShare())),
            List.of("Token ratio: FACE / base", Shown.ratio(metrics.tokenRatio())),
            List.of("Consumed ratio: CONSUMED / base", Shown.ratio(metrics.consumedRatio())),
            List.of(
                "Output multiplier at FACE, of " + metrics.outputBasis(),
                Shown.ratio(metrics.outputMultiplierAtFace())),
            List.of(
                "Output multiplier at EMPLOYER_COST, of " + metrics.outputBasis(),
                Shown.ratio(metrics.outputMultiplierAtEmployerCost())),
            List.of(
                "Headline inflation: FACE − EMPLOYER_COST",
                Shown.figure(metrics.headlineInflation())),
            List.of("Headline inflation, of FACE", Shown.ratio(metrics.headlineInflationPercent())),
            List.of(
                "Honesty gap: (FACE − REALIZABLE) / HEADLINE_TC ("
                    + statement.annualised().headline().label()
                    + ")",
                Shown.ratio(metrics.honestyGap())),
            List.of(
                "Next-offer anchor: base, target bonus, equity; tokens never",
                Shown.line(metrics.nextOfferAnchor()))));
  }

  private List<String> flags() {
    var flags = new ArrayList<String>();
    flags.add(
        switch (statement.computeVersusSalary()) {
          case BELOW -> "Consumption is below the level from which a warning is shown.";
          case COMPUTE_NEARS_SALARY ->
              "COMPUTE_NEARS_SALARY: consumption has reached the warning level of base salary.";
          case COMPUTE_EXCEEDS_SALARY ->
              "COMPUTE_EXCEEDS_SALARY: consumption has reached or passed base salary.";
          case UNDECIDED -> "Consumption against salary is undecided: consumption is not stated.";
        });
    statement.warnings().stream().map(TokenSection::text).forEach(flags::add);
    return flags;
  }

  private static String text(Warning warning) {
    return switch (warning) {
      case TOOL_CONTRADICTS_TERMS ->
          "TOOL_CONTRADICTS_TERMS: a tool that is convertible to cash or portable; one of the two"
              + " is not true.";
      case NEEDS_REVIEW -> "NEEDS_REVIEW: a figure waits for a fact or a decision.";
    };
  }
}
