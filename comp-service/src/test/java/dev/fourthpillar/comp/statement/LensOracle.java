package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.MeteredTokens;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.PrivateUse;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.token.Treatment;
import dev.fourthpillar.comp.vest.Dealer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** The five lenses once more, from the definitions; empty is absent or waiting for a review. */
record LensOracle(
    Optional<BigDecimal> face,
    Optional<BigDecimal> consumed,
    Optional<BigDecimal> employerCost,
    Optional<BigDecimal> realizable,
    Optional<BigDecimal> portable,
    Optional<BigDecimal> unspent,
    Optional<Boolean> exceedsSalary) {

  static LensOracle of(
      StatementInput input, Optional<Q> face, Q base, Function<Money, Q> exchange) {
    var budget = input.pack().tokens().orElseThrow();
    int digits = input.currency().getDefaultFractionDigits();
    boolean pool = budget.entitlement() instanceof Entitlement.PooledShare;
    Optional<Q> own = Optional.empty();
    Optional<Q> over = Optional.empty();
    Optional<Q> cost = Optional.empty();
    Optional<Q> unspent = Optional.empty();
    if (input.use() instanceof TokenUse.Metered(MeteredTokens metered)) {
      own = Optional.of(exchange.apply(metered.ownAtList()));
      over = Optional.of(exchange.apply(metered.overageAtList()));
      cost = Optional.of(exchange.apply(metered.employerCost()));
      unspent = metered.unspent().map(exchange);
    } else {
      Optional<Q> all =
          input.use() instanceof TokenUse.Amount(Money amount)
              ? Optional.of(pool ? Q.ZERO : exchange.apply(amount))
              : input.use() instanceof TokenUse.Utilisation use && !pool
                  ? face.map(f -> f.percent(use.percent().value()))
                  : Optional.empty();
      own = all.map(c -> face.filter(f -> !f.isAtLeast(c)).orElse(c));
      if (all.isPresent()) {
        over = Optional.of(all.get().minus(own.get()));
        var left = own.get();
        unspent = face.map(f -> f.minus(left));
      }
    }
    var rounded = new BigDecimal[] {null};
    if (own.isPresent()) {
      rounded[0] = own.get().round(digits).add(over.get().round(digits));
    }
    Optional<Q> consumed = own.isPresent() ? Optional.of(own.get().plus(over.get())) : own;
    if (cost.isEmpty()) {
      var pays = Q.of(100).minus(Q.of(budget.purchase().discount().value())).over(100);
      Optional<Q> paid =
          switch (budget.purchase()) {
            case PurchaseModel.PayAsYouGo used -> consumed;
            case PurchaseModel.TakeOrPay(Money commitment, var discount) -> {
              var committed = exchange.apply(commitment);
              yield Optional.of(consumed.filter(c -> c.isAtLeast(committed)).orElse(committed));
            }
          };
      cost = paid.map(pays::times);
    }
    boolean tool = budget.treatment() == Treatment.TOOL;
    boolean open = budget.treatment() == Treatment.NEEDS_REVIEW;
    Optional<Q> realizable = Optional.empty();
    if (tool) {
      realizable = Optional.of(Q.ZERO);
    } else if (!open
        && budget.privateUse() instanceof PrivateUse.Known(var percent)
        && consumed.isPresent()
        && (unspent.isPresent() || budget.cashConversion().isZero())) {
      realizable =
          Optional.of(
              consumed
                  .get()
                  .percent(percent.value())
                  .plus(unspent.orElse(Q.ZERO).percent(budget.cashConversion().value())));
    }
    Optional<Q> portable = Optional.empty();
    if (tool || budget.portability() instanceof Portability.None) {
      portable = Optional.of(Q.ZERO);
    } else if (!open) {
      portable = unspent.map(u -> u.times(survives(budget.portability(), input.asOf())));
    }
    return new LensOracle(
        face.map(f -> f.round(digits)),
        Optional.ofNullable(rounded[0]),
        cost.map(c -> c.round(digits)),
        realizable.map(r -> r.round(digits)),
        portable.map(p -> p.round(digits)),
        unspent.map(u -> u.round(digits)),
        consumed.map(c -> c.isAtLeast(base)));
  }

  private static Q survives(Portability portability, LocalDate day) {
    return switch (portability) {
      case Portability.None none -> Q.ZERO;
      case Portability.Fixed(var percent) -> Q.of(percent.value()).over(100);
      case Portability.Vesting vesting -> {
        long points = vesting.percent().value().movePointRight(6).longValueExact();
        long vested =
            Dealer.deal(vesting.schedule(), vesting.grantDate(), points).stream()
                .filter(row -> !LocalDate.parse(row.substring(0, 10)).isAfter(day))
                .mapToLong(row -> Long.parseLong(row.substring(11)))
                .sum();
        yield Q.of(vested).over(100_000_000);
      }
    };
  }
}
