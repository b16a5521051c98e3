package dev.fourthpillar.comp.statement;

import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.GrantSize;
import dev.fourthpillar.comp.pack.SharePrice;
import dev.fourthpillar.comp.pack.SignOn;
import dev.fourthpillar.comp.pack.TargetBonus;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.PrivateUse;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.token.Treatment;
import dev.fourthpillar.comp.vest.VestSchedule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Packages in the words of the cases. */
final class Given {

  static final LocalDate START = LocalDate.of(2026, 1, 1);
  static final Currency USD = Currency.getInstance("USD");

  private CompensationPackage pack;

  private Given(CompensationPackage pack) {
    this.pack = pack;
  }

  static Given base(String usd) {
    return new Given(CompensationPackage.of(START, Base.yearly(usd(usd))));
  }

  static Given base(Base base) {
    return new Given(CompensationPackage.of(START, base));
  }

  Given startingOn(LocalDate start) {
    return with(
        new CompensationPackage(
            start,
            pack.termYears(),
            pack.base(),
            pack.targetBonus(),
            pack.signOns(),
            pack.equity(),
            pack.benefits(),
            pack.tokens()));
  }

  Given bonus(String percent) {
    return with(
        new CompensationPackage(
            pack.start(),
            pack.termYears(),
            pack.base(),
            Optional.of(TargetBonus.ofBase(percent)),
            pack.signOns(),
            pack.equity(),
            pack.benefits(),
            pack.tokens()));
  }

  Given signOns(SignOn... signOns) {
    return with(
        new CompensationPackage(
            pack.start(),
            pack.termYears(),
            pack.base(),
            pack.targetBonus(),
            List.of(signOns),
            pack.equity(),
            pack.benefits(),
            pack.tokens()));
  }

  Given equity(EquityGrant... grants) {
    return with(
        new CompensationPackage(
            pack.start(),
            pack.termYears(),
            pack.base(),
            pack.targetBonus(),
            pack.signOns(),
            List.of(grants),
            pack.benefits(),
            pack.tokens()));
  }

  Given tokens(TokenBudget budget) {
    return with(
        new CompensationPackage(
            pack.start(),
            pack.termYears(),
            pack.base(),
            pack.targetBonus(),
            pack.signOns(),
            pack.equity(),
            pack.benefits(),
            Optional.of(budget)));
  }

  CompensationPackage pack() {
    return pack;
  }

  Statement statement() {
    return statement(new TokenUse.NotStated());
  }

  Statement statement(TokenUse use) {
    return StatementCalculator.calculate(
        StatementInput.of(pack, pack.start(), USD, FxTable.NONE, use));
  }

  private Given with(CompensationPackage changed) {
    pack = changed;
    return this;
  }

  static Money usd(String amount) {
    return Money.of(amount, "USD");
  }

  static TokenBudget toolOf(String usd) {
    return TokenBudget.tool(new Entitlement.FixedMoney(usd(usd)));
  }

  /** The same budget with other terms. */
  static TokenBudget terms(
      TokenBudget budget,
      Treatment treatment,
      PurchaseModel purchase,
      PrivateUse privateUse,
      Percent cashConversion,
      Portability portability) {
    return new TokenBudget(
        budget.entitlement(),
        budget.recurrence(),
        budget.guarantee(),
        treatment,
        purchase,
        privateUse,
        cashConversion,
        portability,
        budget.expectedConsumption(),
        budget.overageAllowed());
  }

  static EquityGrant grant(String id, long shares, String price, VestSchedule schedule) {
    return EquityGrant.promised(
        id,
        new GrantSize.Shares(shares),
        SharePrice.flat(usd(price), schedule.start()),
        schedule.start(),
        schedule);
  }

  static TokenUse utilised(String percent) {
    return new TokenUse.Utilisation(Percent.of(percent));
  }

  static TokenUse consumed(String usd) {
    return new TokenUse.Amount(usd(usd));
  }

  static FxTable quote(String from, String to, String rate) {
    return new FxTable(
        List.of(
            new FxQuote(
                "quote-1",
                Currency.getInstance(from),
                Currency.getInstance(to),
                new BigDecimal(rate),
                LocalDate.of(2025, 12, 31),
                "test")));
  }
}
