package dev.fourthpillar.cli.pay;

import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.LeaverStatement;

/** Kept, forfeited and owed, line by line; no total, since they are not one sum. */
public final class LeaverText {

  private LeaverText() {}

  public static String of(String engineer, LeaverStatement statement) {
    var text =
        new StringBuilder(
            "%s, last day %s, in %s\n\n"
                .formatted(
                    engineer, Figures.day(statement.getLastDay()), statement.getCurrencyCode()));
    var table = new Table("", "what", ">amount", "");
    kept(table, statement);
    forfeited(table, statement);
    statement
        .getClawbacksList()
        .forEach(
            line ->
                table.row(
                    "owed",
                    "sign-on " + Figures.component(line),
                    Figures.amount(line),
                    line.getFormula()));
    text.append(table).append('\n');
    statement.getLossesList().forEach(loss -> text.append(loss.getText()).append('\n'));
    return text.append("The next offer starts at ")
        .append(Amounts.print(statement.getNextOfferAnchor().getAmount()))
        .append("; tokens never count.\nNothing in it is legal advice.\n")
        .toString();
  }

  private static void kept(Table table, LeaverStatement statement) {
    table.row(
        "kept",
        "base earned in " + statement.getLastDay().getYear(),
        Figures.amount(statement.getEarnedBase()),
        "");
    for (var grant : statement.getEquityList()) {
      table.row(
          "kept",
          "equity " + grant.getGrantId(),
          Figures.amount(grant.getKept()),
          grant.getVestedUnits().getValue() + " vested");
    }
    tokens(table, "kept", "tokens, PORTABLE", statement.getTokensKept());
  }

  private static void forfeited(Table table, LeaverStatement statement) {
    for (var grant : statement.getEquityList()) {
      table.row(
          "forfeited",
          "equity " + grant.getGrantId(),
          Figures.amount(grant.getForfeited()),
          grant.getUnvestedUnits().getValue() + " unvested");
    }
    for (var line : statement.getUnpaidSignOnsList()) {
      table.row(
          "forfeited",
          "sign-on " + Figures.component(line),
          Figures.amount(line),
          "due after the last day");
    }
    tokens(table, "forfeited", "tokens, FACE", statement.getTokensForfeited());
  }

  private static void tokens(Table table, String column, String what, Figure figure) {
    table.row(column, what, Figures.amount(figure), Figures.reason(figure));
  }
}
