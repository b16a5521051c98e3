package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;

import dev.fourthpillar.comp.employer.EmployerCost;
import java.util.ArrayList;
import java.util.List;

/** What an average year costs the employer; only for readers who may see it. */
record CostSection(EmployerCost cost) {

  List<Node.Element> elements() {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("Cash: base, target bonus, sign-ons", Shown.line(cost.cash())));
    cost.charges()
        .forEach(
            charge ->
                rows.add(List.of("Charge " + charge.ruleId(), Shown.figure(charge.amount()))));
    cost.load().ifPresent(line -> rows.add(List.of("Load", Shown.line(line))));
    cost.benefits().ifPresent(line -> rows.add(List.of("Benefits", Shown.line(line))));
    cost.equity().ifPresent(line -> rows.add(List.of("Equity, as an expense", Shown.line(line))));
    cost.overhead().ifPresent(line -> rows.add(List.of("Overhead", Shown.line(line))));
    rows.add(List.of("Tokens at EMPLOYER_COST", Shown.figure(cost.tokens())));
    rows.add(List.of("Total", Shown.figure(cost.total())));
    return List.of(
        el("h2", "What it costs the employer"),
        Tables.table("An average year, by recorded charges", List.of("Part", "Amount"), rows));
  }
}
