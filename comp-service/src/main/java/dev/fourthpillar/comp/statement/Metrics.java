package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.Ratio;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the token component does to a package.
 *
 * @param tokenShare FACE / everything including tokens, of the annualised view
 * @param tokenRatio FACE / base
 * @param consumedRatio CONSUMED / base
 * @param outputBasis what the multipliers relate to
 * @param outputMultiplierAtFace 1 + FACE / basis
 * @param outputMultiplierAtEmployerCost 1 + EMPLOYER_COST / basis
 * @param headlineInflation FACE - EMPLOYER_COST
 * @param headlineInflationPercent of FACE
 * @param honestyGap (FACE - REALIZABLE) / HEADLINE_TC
 * @param expectedConsumption what the plan expects, which is not what it grants
 * @param shortfall expected - CONSUMED, at least zero
 * @param handcuffCost gross pay needed to buy the same in private
 * @param nextOfferAnchor base, target bonus and annualised equity; tokens never
 */
public record Metrics(
    Ratio tokenShare,
    Ratio tokenRatio,
    Ratio consumedRatio,
    OutputBasis outputBasis,
    Ratio outputMultiplierAtFace,
    Ratio outputMultiplierAtEmployerCost,
    Figure headlineInflation,
    Ratio headlineInflationPercent,
    Ratio honestyGap,
    Figure expectedConsumption,
    Figure shortfall,
    Figure handcuffCost,
    Line nextOfferAnchor) {

  /** What an expected output relates to. */
  public enum OutputBasis {
    LOADED_COST,
    BASE
  }

  public List<Line> lines() {
    return Stream.concat(
            Stream.of(headlineInflation, expectedConsumption, shortfall, handcuffCost)
                .flatMap(figure -> figure.known().stream()),
            Stream.of(nextOfferAnchor))
        .toList();
  }
}
