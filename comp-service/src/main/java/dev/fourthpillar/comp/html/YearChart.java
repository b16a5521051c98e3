package dev.fourthpillar.comp.html;

import static dev.fourthpillar.comp.html.Node.el;
import static dev.fourthpillar.comp.html.Node.text;

import dev.fourthpillar.comp.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cash, equity and tokens of each offer year as bars. Cash and equity stand on each other, since
 * they add up; tokens stand beside them, since they do not. Nothing is told by colour alone: tokens
 * are hatched, each bar has a title, and the table below says the same in numbers.
 *
 * @param years at least one
 */
record YearChart(List<YearFigures> years) {

  private static final int LEFT = 20;
  private static final int YEAR_WIDTH = 120;
  private static final int BAR_WIDTH = 40;
  private static final int TOP = 40;
  private static final int HEIGHT = 200;
  private static final int BOTTOM = TOP + HEIGHT;
  private static final int LABEL = 18;

  Node.Element svg() {
    var width = LEFT * 2 + YEAR_WIDTH * Math.max(years.size(), 4);
    var bars = new ArrayList<Node>();
    for (int i = 0; i < years.size(); i++) {
      bars.add(year(years.get(i), LEFT + i * YEAR_WIDTH));
    }
    return el("svg", el("title", "Cash, equity and tokens of each offer year").with("id", "chart"))
        .add(el("desc", description()))
        .add(el("defs", hatch()))
        .add(legend())
        .add(bars)
        .add(
            el("line")
                .with("x1", LEFT)
                .with("y1", BOTTOM)
                .with("x2", width - LEFT)
                .with("y2", BOTTOM)
                .with("stroke", "#333333"))
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("role", "img")
        .with("aria-labelledby", "chart")
        .with("viewBox", "0 0 " + width + " " + (BOTTOM + LABEL * 2));
  }

  private String description() {
    return String.join(
        "; ",
        years.stream()
            .map(
                year ->
                    "%s: cash %s, equity %s, tokens at FACE %s"
                        .formatted(
                            year.name(),
                            Shown.money(year.cash()),
                            Shown.money(year.equity()),
                            year.tokensAtFace().map(Shown::money).orElse("undefined")))
            .toList());
  }

  private Node.Element year(YearFigures year, int x) {
    var cash = bar("cash", "Cash, " + year.name(), year.cash(), x + 10, BigDecimal.valueOf(BOTTOM));
    var cashTop = BigDecimal.valueOf(BOTTOM).subtract(pixels(year.cash()));
    var group =
        el("g", cash, bar("equity", "Equity, " + year.name(), year.equity(), x + 10, cashTop));
    var tokens =
        year.tokensAtFace()
            .map(
                face ->
                    bar(
                        "tokens",
                        "Tokens at FACE, " + year.name(),
                        face,
                        x + 10 + BAR_WIDTH + 8,
                        BigDecimal.valueOf(BOTTOM)));
    return group
        .add(tokens.stream().toList())
        .add(
            el("text", year.name())
                .with("x", x + 10 + BAR_WIDTH)
                .with("y", BOTTOM + LABEL)
                .with("text-anchor", "middle"));
  }

  private Node.Element bar(String kind, String title, Money amount, int x, BigDecimal bottom) {
    var height = pixels(amount);
    return el("rect", el("title", title + ": " + Shown.money(amount)))
        .with("class", kind)
        .with("x", x)
        .with("y", bottom.subtract(height).toPlainString())
        .with("width", BAR_WIDTH)
        .with("height", height.toPlainString());
  }

  // A drawing is not a statement: a tenth of a pixel is as exact as anybody sees.
  private BigDecimal pixels(Money amount) {
    var highest = highest();
    return highest.signum() == 0
        ? BigDecimal.ZERO
        : amount
            .amount()
            .multiply(BigDecimal.valueOf(HEIGHT))
            .divide(highest, 1, RoundingMode.HALF_UP);
  }

  private BigDecimal highest() {
    return years.stream()
        .flatMap(
            year -> Stream.concat(Stream.of(year.cashAndEquity()), year.tokensAtFace().stream()))
        .map(Money::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  private static Node.Element hatch() {
    return el("pattern", el("path").with("d", "M0 8 L8 0").with("stroke", "#8a5a00"))
        .with("id", "hatch")
        .with("width", 8)
        .with("height", 8)
        .with("patternUnits", "userSpaceOnUse");
  }

  private static Node.Element legend() {
    var group = el("g");
    var names = List.of("Cash", "Equity", "Tokens at FACE (not pay you keep)");
    var kinds = List.of("cash", "equity", "tokens");
    var at = List.of(LEFT, LEFT + 90, LEFT + 190);
    for (int i = 0; i < names.size(); i++) {
      group =
          group.add(
              el("rect")
                  .with("class", kinds.get(i))
                  .with("x", at.get(i))
                  .with("y", 8)
                  .with("width", 14)
                  .with("height", 14),
              el("text", text(names.get(i))).with("x", at.get(i) + 20).with("y", 20));
    }
    return group;
  }
}
