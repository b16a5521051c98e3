package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.money.Ratio;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Whether pay was raised in compute instead of cash from one year to the next.
 *
 * @param cashGrowth of base and target bonus
 * @param realCashGrowth the same after consumer prices
 * @param computeGrowth of tokens at FACE; undefined as NEW_COMPONENT when there were none
 * @param realComputeGrowth the same after consumer prices
 * @param computeShareOfHeadlineGrowth which part of the headline's growth is compute
 */
public record CashFlat(
    Ratio cashGrowth,
    Ratio realCashGrowth,
    Ratio computeGrowth,
    Ratio realComputeGrowth,
    Ratio computeShareOfHeadlineGrowth,
    Verdict verdict) {

  /** What the comparison found. */
  public enum Verdict {
    CLEAR,
    CASH_FLAT_COMPUTE_UP,
    /** The compute of one of the years has no face value. */
    UNDECIDED
  }

  /**
   * Ratios come from rounded lines, the verdict from unrounded values.
   *
   * @param earlier in the currency of {@code later}
   * @param consumerPriceGrowth between the two, above -100 %
   */
  public static CashFlat compare(
      Statement earlier,
      Statement later,
      Optional<Percent> consumerPriceGrowth,
      Thresholds thresholds) {
    var cashBefore = cash(earlier.annualised());
    var cashAfter = cash(later.annualised());
    return new CashFlat(
        growth(cashBefore, cashAfter, Absence.WHOLE_IS_ZERO),
        real(consumerPriceGrowth, prices -> realGrowth(cashBefore, cashAfter, prices)),
        compute(earlier, later, CashFlat::computeGrowth),
        real(
            consumerPriceGrowth,
            prices ->
                compute(earlier, later, (before, after) -> realGrowth(before, after, prices))),
        shareOfGrowth(earlier.annualised(), later.annualised()),
        verdict(earlier.cashAndCompute(), later.cashAndCompute(), thresholds));
  }

  private static Verdict verdict(CashAndCompute earlier, CashAndCompute later, Thresholds at) {
    if (earlier.compute().isEmpty() || later.compute().isEmpty()) {
      return Verdict.UNDECIDED;
    }
    var before = earlier.compute().get();
    var after = later.compute().get();
    var cashFlat = grown(earlier.cash(), at.cashGrowthAtMost()).isAtLeast(later.cash());
    // From nothing there is no growth to compare, so new compute is measured against cash.
    var computeUp =
        before.signum() == 0
            ? after.signum() > 0 && after.isAtLeast(earlier.cash().times(at.newComputeAtLeast()))
            : after.isAtLeast(grown(before, at.computeGrowthAtLeast()));
    return cashFlat && computeUp ? Verdict.CASH_FLAT_COMPUTE_UP : Verdict.CLEAR;
  }

  private static ExactMoney grown(ExactMoney amount, Percent growth) {
    return amount.plus(amount.times(growth));
  }

  private static Money cash(PackageView view) {
    var base = view.base().amount();
    return view.targetBonus().map(bonus -> base.plus(bonus.amount())).orElse(base);
  }

  private static Ratio computeGrowth(Money before, Money after) {
    return growth(
        before, after, after.signum() > 0 ? Absence.NEW_COMPONENT : Absence.WHOLE_IS_ZERO);
  }

  private static Ratio growth(Money before, Money after, Absence whenNothingBefore) {
    return before.signum() == 0
        ? new Ratio.Undefined(whenNothingBefore)
        : Ratio.percentOf(after.minus(before), before);
  }

  private static Ratio realGrowth(Money before, Money after, Percent prices) {
    if (before.signum() == 0) {
      return computeGrowth(before, after);
    }
    var nominal = after.fraction().divide(before.fraction());
    return Ratio.percent(
        nominal.divide(BigFraction.ONE.add(prices.fraction())).subtract(BigFraction.ONE));
  }

  private static Ratio real(Optional<Percent> prices, Function<Percent, Ratio> growth) {
    return prices.map(growth).orElseGet(() -> new Ratio.Undefined(Absence.PRICE_GROWTH_NOT_STATED));
  }

  private static Ratio compute(Statement earlier, Statement later, Relation relation) {
    return earlier
        .annualised()
        .tokensAtFace()
        .ratio(
            before -> later.annualised().tokensAtFace().ratio(after -> relation.of(before, after)));
  }

  private static Ratio shareOfGrowth(PackageView earlier, PackageView later) {
    return earlier
        .headline()
        .total()
        .ratio(
            before ->
                later
                    .headline()
                    .total()
                    .ratio(
                        after ->
                            Ratio.percentOf(
                                face(later).minus(face(earlier)), after.minus(before))));
  }

  private static Money face(PackageView view) {
    return view.tokensAtFace().amount().orElseThrow();
  }

  private interface Relation {
    Ratio of(Money before, Money after);
  }
}
