package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Ratio;

/**
 * What a token dollar must be worth to somebody for two offers to be equal: the difference of the
 * rest by the difference of tokens at FACE. Negative when one offer has more of both.
 */
public final class BreakEven {

  private BreakEven() {}

  /** Both statements in one currency. */
  public static Ratio between(Statement one, Statement other) {
    var a = one.annualised();
    var b = other.annualised();
    return a.tokensAtFace()
        .ratio(
            tokensA ->
                b.tokensAtFace()
                    .ratio(
                        tokensB ->
                            tokensA.equals(tokensB)
                                ? new Ratio.Undefined(Absence.SAME_TOKENS)
                                : Ratio.plain(
                                    rest(a)
                                        .minus(rest(b))
                                        .fraction()
                                        .divide(tokensB.minus(tokensA).fraction()))));
  }

  private static Money rest(PackageView view) {
    return view.benefits().stream()
        .map(benefit -> benefit.amount())
        .reduce(view.classicTc().amount(), Money::plus);
  }
}
