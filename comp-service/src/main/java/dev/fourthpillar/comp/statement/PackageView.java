package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.Ratio;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A package over one stretch of time: annualised, an offer year, or the next twelve months.
 *
 * @param equity promised grants, at the price path; with growth each line has its flat case below
 *     it
 * @param benefits outside of the classic total
 * @param tokensAtFace beside the classic total, never in it
 * @param classicTc CLASSIC_TC: cash and equity
 * @param headline classic total, benefits and tokens at FACE
 * @param tokenShare tokens / everything including tokens
 */
public record PackageView(
    Line base,
    Optional<Line> targetBonus,
    List<Line> signOns,
    List<Line> equity,
    List<Line> benefits,
    Figure tokensAtFace,
    Line classicTc,
    Headline headline,
    Ratio tokenShare) {

  public PackageView {
    signOns = List.copyOf(signOns);
    equity = List.copyOf(equity);
    benefits = List.copyOf(benefits);
  }

  /** Components first, totals last. */
  public List<Line> lines() {
    return Stream.of(
            Stream.of(base),
            targetBonus.stream(),
            signOns.stream(),
            equity.stream(),
            benefits.stream(),
            tokensAtFace.known().stream(),
            Stream.of(classicTc),
            headline.total().known().stream())
        .flatMap(lines -> lines)
        .toList();
  }
}
