package dev.fourthpillar.cli.pay;

import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.PackageView;
import dev.fourthpillar.comp.v1.RatioFigure;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.comp.v1.TokenLenses;
import dev.fourthpillar.comp.v1.TokenMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A statement as tables: cash and equity first, tokens beside them under the names of lenses. */
public final class StatementText {

  private StatementText() {}

  public static String of(String whose, Statement statement) {
    var text =
        new StringBuilder(
            "%s, as of %s, in %s\n\n"
                .formatted(
                    whose, Figures.day(statement.getAsOfDate()), statement.getCurrencyCode()));
    text.append(years(statement));
    text.append("\nCLASSIC_TC is cash and equity. HEADLINE_TC: ")
        .append(statement.getAnnualised().getHeadlineLabel())
        .append(".\n\n");
    if (statement.hasLenses()) {
      text.append(lenses(statement.getLenses())).append('\n').append(relations(statement));
    } else {
      text.append("No token budget.\n");
    }
    statement
        .getWarningsList()
        .forEach(
            warning ->
                text.append("\nWarning: ").append(Figures.name(warning, "STATEMENT_WARNING_")));
    return text.append("\nNothing in it is legal advice.\n").toString();
  }

  private static Table years(Statement statement) {
    var views = new LinkedHashMap<String, PackageView>();
    views.put(">average year", statement.getAnnualised());
    for (int year = 1; year <= statement.getYearsCount(); year++) {
      views.put(">year " + year, statement.getYears(year - 1));
    }
    views.put(">next 12 months", statement.getNext12Months());

    var rows = new LinkedHashMap<String, List<String>>();
    views.values().forEach(view -> cells(view).forEach((name, cell) -> add(rows, name, cell)));
    var heads = new ArrayList<String>();
    heads.add("");
    heads.addAll(views.keySet());
    var table = new Table(heads.toArray(String[]::new));
    rows.forEach(
        (name, cells) -> {
          var row = new ArrayList<String>();
          row.add(name);
          row.addAll(cells);
          table.row(row.toArray());
        });
    return table;
  }

  private static void add(Map<String, List<String>> rows, String name, String cell) {
    rows.computeIfAbsent(name, _ -> new ArrayList<>()).add(cell);
  }

  /** A package has the same components in each of its views. */
  private static Map<String, String> cells(PackageView view) {
    var cells = new LinkedHashMap<String, String>();
    cells.put("base", Figures.amount(view.getBase()));
    if (view.hasTargetBonus()) {
      cells.put("target bonus", Figures.amount(view.getTargetBonus()));
    }
    view.getSignOnsList()
        .forEach(line -> cells.put("sign-on " + Figures.component(line), Figures.amount(line)));
    view.getEquityList()
        .forEach(line -> cells.put("equity " + Figures.component(line), Figures.amount(line)));
    cells.put("CLASSIC_TC", Figures.amount(view.getClassicTc()));
    view.getBenefitsList()
        .forEach(line -> cells.put("benefit " + Figures.component(line), Figures.amount(line)));
    cells.put("tokens, FACE", Figures.amount(view.getTokensAtFace()));
    cells.put("HEADLINE_TC", Figures.amount(view.getHeadlineTc()));
    return cells;
  }

  private static Table lenses(TokenLenses lenses) {
    var table = new Table("tokens, a year", ">amount", "");
    row(table, "FACE", lenses.getFace());
    row(table, "CONSUMED", lenses.getConsumed());
    row(table, "  of it overage", lenses.getOverage());
    row(table, "EMPLOYER_COST", lenses.getEmployerCost());
    row(table, "REALIZABLE", lenses.getRealizable());
    row(table, "PORTABLE", lenses.getPortable());
    row(table, "unspent", lenses.getUnspent());
    row(table, "employer-funded, apart", lenses.getEmployerFunded());
    return table;
  }

  private static Table relations(Statement statement) {
    TokenMetrics metrics = statement.getMetrics();
    var table = new Table("tokens beside pay", ">", "");
    row(table, "share of everything", metrics.getTokenSharePercent());
    row(table, "ratio to base", metrics.getTokenRatioPercent());
    row(table, "consumed to base", metrics.getConsumedRatioPercent());
    row(table, "headline inflation", metrics.getHeadlineInflationPercent());
    table.row(
        "consumption against base",
        Figures.name(statement.getComputeVersusSalary(), "COMPUTE_VERSUS_SALARY_"),
        "");
    table.row(
        "next-offer anchor", Figures.amount(metrics.getNextOfferAnchor()), "tokens never count");
    return table;
  }

  private static void row(Table table, String name, Figure figure) {
    table.row(name, Figures.amount(figure), Figures.reason(figure));
  }

  private static void row(Table table, String name, RatioFigure ratio) {
    table.row(name, Figures.percent(ratio), Figures.reason(ratio));
  }
}
