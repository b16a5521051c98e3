package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.calendar.OfferYears;
import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.line.Worth;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.Benefit;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.TargetBonus;
import dev.fourthpillar.comp.terms.PayPeriod;
import dev.fourthpillar.comp.terms.Recurrence;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.TokenBudget;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The components of a package as money over time.
 *
 * @param equity promised grants
 * @param refreshers grants nobody promised, in no total
 * @param tokens at FACE; empty without a budget and where FACE is undefined
 */
record Streams(
    MoneyStream base,
    Optional<MoneyStream> targetBonus,
    List<MoneyStream> signOns,
    List<EquityStream> equity,
    List<EquityStream> refreshers,
    List<MoneyStream> benefits,
    Optional<MoneyStream> tokens) {

  static final String TOKENS_AT_FACE = "TOKENS.FACE";

  static Streams of(CompensationPackage pack, LocalDate asOf) {
    var years = pack.years();
    return throughYear(pack, years.payYearOf(years.next12Months(asOf).lastPayDay()));
  }

  /**
   * @param lastYear the last offer year that any window reaches; at least the term is covered
   */
  static Streams throughYear(CompensationPackage pack, int lastYear) {
    var years = pack.years();
    var term = pack.termYears();
    var curve = BaseCurve.of(pack.base(), Math.max(term, lastYear));
    var baseAmounts = IntStream.rangeClosed(1, curve.years()).mapToObj(curve::worth).toList();
    return new Streams(
        new PayStream("BASE", years, term, baseAmounts),
        pack.targetBonus()
            .map(bonus -> new PayStream("TARGET_BONUS", years, term, bonus(bonus, curve))),
        pack.signOns().stream()
            .<MoneyStream>map(
                signOn ->
                    new OneOffStream(
                        "SIGN_ON." + signOn.id(),
                        Worth.of(signOn.amount().exact(), "amount"),
                        signOn.paidOn(),
                        term))
            .toList(),
        equity(pack, false),
        equity(pack, true),
        pack.benefits().stream().map(benefit -> benefit(benefit, pack, curve)).toList(),
        pack.tokens().flatMap(budget -> tokens(budget, pack, curve)));
  }

  /** Promised components, in the order in which a statement shows them; tokens last. */
  List<MoneyStream> promised() {
    return Stream.of(
            List.of(base),
            targetBonus.stream().toList(),
            signOns,
            equity,
            benefits,
            tokens.stream().toList())
        .<MoneyStream>flatMap(List::stream)
        .toList();
  }

  private static List<EquityStream> equity(CompensationPackage pack, boolean refreshers) {
    return pack.equity().stream()
        .filter(grant -> grant.refresher() == refreshers)
        .map((EquityGrant grant) -> EquityStream.of(grant, pack.years(), pack.termYears()))
        .toList();
  }

  private static List<Worth> bonus(TargetBonus bonus, BaseCurve curve) {
    return switch (bonus) {
      case TargetBonus.OfBase ofBase -> curve.percentOf(ofBase.percent());
      case TargetBonus.Fixed fixed -> everyYear(fixed.amount(), fixed.period(), curve);
    };
  }

  private static MoneyStream benefit(Benefit benefit, CompensationPackage pack, BaseCurve curve) {
    var id = "BENEFIT." + benefit.id();
    return switch (benefit.recurrence()) {
      case ANNUAL ->
          new PayStream(
              id,
              pack.years(),
              pack.termYears(),
              everyYear(benefit.amount(), benefit.period(), curve));
      case ONE_OFF ->
          new OneOffStream(
              id, Worth.of(benefit.amount().exact(), "amount"), pack.start(), pack.termYears());
    };
  }

  private static Optional<MoneyStream> tokens(
      TokenBudget budget, CompensationPackage pack, BaseCurve curve) {
    return face(budget.entitlement(), curve)
        .map(perYear -> tokens(budget.recurrence(), perYear, pack.years(), pack.termYears()));
  }

  private static MoneyStream tokens(
      Recurrence recurrence, List<Worth> perYear, OfferYears years, int term) {
    return switch (recurrence) {
      case ANNUAL -> new PayStream(TOKENS_AT_FACE, years, term, perYear);
      case ONE_OFF -> new OneOffStream(TOKENS_AT_FACE, perYear.getFirst(), years.start(), term);
    };
  }

  /** Granted per offer year; no growth but that of the base a percentage is of. */
  private static Optional<List<Worth>> face(Entitlement entitlement, BaseCurve curve) {
    return switch (entitlement) {
      case Entitlement.FixedMoney(Money amount) ->
          Optional.of(everyYear(amount, PayPeriod.YEAR, curve));
      case Entitlement.PercentOfBase(Percent percent) -> Optional.of(curve.percentOf(percent));
      case Entitlement.FixedQuantity quantity ->
          Optional.of(Collections.nCopies(curve.years(), valued(quantity)));
      case Entitlement.PooledShare pooled ->
          Optional.of(
              Collections.nCopies(
                  curve.years(),
                  Worth.of(
                      ExactMoney.zero(curve.base().amount().currency()),
                      "0, a place at a pool is no entitlement")));
      case Entitlement.Uncapped uncapped -> Optional.empty();
    };
  }

  static Worth valued(Entitlement.FixedQuantity quantity) {
    return Worth.of(
            quantity.faceValue().exact(),
            "Σ quantity × list price",
            Input.of("valued on", quantity.valuedOn()))
        .with(
            new SnapshotRef(
                SnapshotRef.Kind.PRICE_BOOK,
                quantity.priceBook(),
                "list prices of " + quantity.valuedOn()));
  }

  private static List<Worth> everyYear(Money amount, PayPeriod period, BaseCurve curve) {
    return Collections.nCopies(
        curve.years(),
        Worth.of(
            amount.exact().times(period.perYear()),
            "amount × periods per year",
            Input.of("amount", amount),
            Input.of("periods per year", period.perYear())));
  }
}
