package dev.fourthpillar.comp.html;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.statement.PackageView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One view of a package in three pillars and the fourth beside them.
 *
 * @param cash base, target bonus and sign-ons
 * @param equity promised grants
 * @param tokensAtFace empty where FACE is undefined; in no sum with the other two
 */
record YearFigures(String name, Money cash, Money equity, Optional<Money> tokensAtFace) {

  static YearFigures of(String name, PackageView view) {
    var cash =
        Stream.of(List.of(view.base()), view.targetBonus().stream().toList(), view.signOns())
            .flatMap(List::stream)
            .toList();
    return new YearFigures(
        name, sum(view, cash), sum(view, view.equity()), view.tokensAtFace().amount());
  }

  private static Money sum(PackageView view, List<Line> lines) {
    return lines.stream()
        .map(Line::amount)
        .reduce(Money.zero(view.base().amount().currency()), Money::plus);
  }
}
