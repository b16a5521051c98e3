package dev.fourthpillar.comp.monthclose;

import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.metered.MeteredSum;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Fractions;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;

/** Consumption against base salary: unrounded, in the currency of the base. */
final class SalaryCheck {

  private SalaryCheck() {}

  /**
   * Whether own budget and overage of a contract year have reached the base.
   *
   * @param base of a year
   * @param day whose rates convert
   * @throws dev.fourthpillar.comp.failure.RateMissing when currencies meet without a quote
   */
  static boolean reached(List<MeteredSum> sums, ExactMoney base, FxTable fx, LocalDate day) {
    var consumed =
        sums.stream()
            .filter(sum -> sum.payer().isOwnConsumption())
            .map(sum -> converted(sum, base.currency(), fx, day))
            .reduce(ExactMoney.zero(base.currency()), ExactMoney::plus);
    return consumed.isAtLeast(base);
  }

  private static ExactMoney converted(
      MeteredSum sum, Currency currency, FxTable fx, LocalDate day) {
    var source = Currency.getInstance(sum.currency());
    return fx.rate(source, currency, day)
        .convert(new ExactMoney(Fractions.of(sum.atList()), source));
  }
}
