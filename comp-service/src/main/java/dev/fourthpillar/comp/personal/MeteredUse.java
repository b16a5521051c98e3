package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.metered.Balance;
import dev.fourthpillar.comp.metered.MeteredSum;
import dev.fourthpillar.comp.metered.Payer;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Fractions;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.token.MeteredTokens;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What was metered for a person, as a statement reads it.
 *
 * @param tokens in the one currency there is, else converted into that of the statement
 * @param rates the quotes that were needed to bring several currencies into one
 */
public record MeteredUse(MeteredTokens tokens, List<SnapshotRef> rates) {

  private static final String NO_CHARGE = "no charge so far";

  public MeteredUse {
    rates = List.copyOf(rates);
  }

  /**
   * @param sums of the charges that count
   * @param balances of the person's own accounts
   * @param position up to which charges are in the sums; empty when there was none ever
   * @throws dev.fourthpillar.comp.failure.RateMissing when currencies meet without a quote
   */
  public static MeteredUse of(
      List<MeteredSum> sums,
      List<Balance> balances,
      Optional<String> position,
      Currency statement,
      FxTable fx,
      LocalDate asOf) {
    var currencies = new TreeSet<String>();
    sums.forEach(sum -> currencies.add(sum.currency()));
    balances.forEach(balance -> currencies.add(balance.currency()));
    var into = new Into(one(currencies).orElse(statement), fx, asOf);
    var tokens =
        new MeteredTokens(
            into.sum(sums, sum -> sum.payer() == Payer.OWN, MeteredSum::atList),
            into.sum(sums, sum -> sum.payer() == Payer.OVERAGE, MeteredSum::atList),
            into.sum(sums, sum -> sum.payer().isOwnConsumption(), MeteredSum::employerCost),
            into.sum(sums, sum -> !sum.payer().isOwnConsumption(), MeteredSum::atList),
            into.left(balances, balance -> balance.unspent().units()),
            told(balances)
                ? into.left(balances, balance -> balance.unspentPortable().orElseThrow().units())
                : Optional.empty(),
            position.orElse(NO_CHARGE));
    return new MeteredUse(
        tokens, currencies.stream().flatMap(currency -> into.rates(currency).stream()).toList());
  }

  /** What one account does not say, the terms decide for all of them. */
  private static boolean told(List<Balance> balances) {
    return balances.stream().allMatch(balance -> balance.unspentPortable().isPresent());
  }

  private static Optional<Currency> one(TreeSet<String> currencies) {
    return currencies.size() == 1
        ? Optional.of(Currency.getInstance(currencies.first()))
        : Optional.empty();
  }

  /** Adds amounts of several currencies in one, at the rates of the day. */
  private record Into(Currency currency, FxTable fx, LocalDate asOf) {

    Money sum(
        List<MeteredSum> sums,
        Predicate<MeteredSum> which,
        Function<MeteredSum, BigDecimal> amount) {
      return add(sums.stream().filter(which).map(sum -> exact(amount.apply(sum), sum.currency())));
    }

    Optional<Money> left(List<Balance> balances, Function<Balance, BigDecimal> amount) {
      return balances.isEmpty()
          ? Optional.empty()
          : Optional.of(
              add(
                  balances.stream()
                      .map(balance -> exact(amount.apply(balance), balance.currency()))));
    }

    List<SnapshotRef> rates(String from) {
      return fx.rate(Currency.getInstance(from), currency, asOf).snapshots();
    }

    private ExactMoney exact(BigDecimal amount, String from) {
      var source = Currency.getInstance(from);
      return fx.rate(source, currency, asOf).convert(new ExactMoney(Fractions.of(amount), source));
    }

    // What a divided rate leaves behind the 18th decimal is nothing that anybody was charged.
    private Money add(Stream<ExactMoney> amounts) {
      var sum = amounts.reduce(ExactMoney.zero(currency), ExactMoney::plus);
      return new Money(
          sum.amount().bigDecimalValue(Money.MAX_DECIMALS, RoundingMode.HALF_EVEN), currency);
    }
  }
}
