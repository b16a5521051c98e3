package dev.fourthpillar.comp.lens;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.ExactMoney;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A token budget under its five lenses, and the figures that stand beside them.
 *
 * @param overage part of CONSUMED, on its own line
 * @param employerFunded pools, projects and re-billed use: never part of CONSUMED
 * @param unspent what of the budget is left
 * @param unusedCommitment what take-or-pay paid for nothing; empty when paid as used
 * @param exactFace FACE before rounding, for flags; empty where FACE is undefined
 * @param exactConsumed CONSUMED before rounding, for flags; empty where consumption is not stated
 */
public record Lenses(
    Figure face,
    Figure consumed,
    Figure employerCost,
    Figure realizable,
    Figure portable,
    Figure overage,
    Figure employerFunded,
    Figure unspent,
    Optional<Figure> unusedCommitment,
    Optional<ExactMoney> exactFace,
    Optional<ExactMoney> exactConsumed) {

  public Figure at(Lens lens) {
    return switch (lens) {
      case FACE -> face;
      case CONSUMED -> consumed;
      case EMPLOYER_COST -> employerCost;
      case REALIZABLE -> realizable;
      case PORTABLE -> portable;
    };
  }

  public List<Line> lines() {
    return Stream.concat(
            Stream.of(
                face,
                consumed,
                employerCost,
                realizable,
                portable,
                overage,
                employerFunded,
                unspent),
            unusedCommitment.stream())
        .flatMap(figure -> figure.known().stream())
        .toList();
  }
}
