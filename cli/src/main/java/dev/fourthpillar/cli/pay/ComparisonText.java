package dev.fourthpillar.cli.pay;

import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.comp.v1.CompareOffersResponse;
import dev.fourthpillar.comp.v1.RatioFigure;

/** Two offers side by side, average year. */
public final class ComparisonText {

  private ComparisonText() {}

  public static String of(String first, String second, CompareOffersResponse compared) {
    var a = compared.getFirst().getAnnualised();
    var b = compared.getSecond().getAnnualised();
    var table =
        new Table(
            "average year, in " + compared.getFirst().getCurrencyCode(),
            ">" + first,
            ">" + second,
            ">difference");
    table.row("base", Figures.amount(a.getBase()), Figures.amount(b.getBase()), "");
    table.row(
        "CLASSIC_TC",
        Figures.amount(a.getClassicTc()),
        Figures.amount(b.getClassicTc()),
        Amounts.number(compared.getClassicTcDifference()));
    table.row(
        "tokens, FACE",
        Figures.amount(a.getTokensAtFace()),
        Figures.amount(b.getTokensAtFace()),
        compared.hasTokensAtFaceDifference()
            ? Amounts.number(compared.getTokensAtFaceDifference())
            : "–");
    table.row(
        "next-offer anchor",
        Figures.amount(compared.getFirst().getMetrics().getNextOfferAnchor()),
        Figures.amount(compared.getSecond().getMetrics().getNextOfferAnchor()),
        Amounts.number(compared.getNextOfferAnchorDifference()));
    return table + "\n" + breakEven(compared.getBreakEven()) + "\nNothing in it is legal advice.\n";
  }

  private static String breakEven(RatioFigure breakEven) {
    if (!breakEven.hasValue()) {
      return "There is no break-even: " + breakEven.getAbsentReason() + ".";
    }
    String value = breakEven.getValue().getValue();
    return value.startsWith("-")
        ? "One offer has more of both: no value of tokens makes the two equal (break-even %s)."
            .formatted(value)
        : "The two are equal to whom a unit of tokens at FACE is worth %s of a unit of money."
            .formatted(value);
  }
}
