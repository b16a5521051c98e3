package dev.fourthpillar.comp.api;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.PrivateUse;
import dev.fourthpillar.comp.token.PurchaseModel;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.Treatment;
import dev.fourthpillar.comp.v1.TokenPortability;
import dev.fourthpillar.comp.v1.TokenPurchase;
import dev.fourthpillar.comp.v1.TokenQuantities;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/** Token budgets. */
public final class TokenBudgetMapper {

  private TokenBudgetMapper() {}

  public static TokenBudget budget(dev.fourthpillar.comp.v1.TokenBudget budget, LocalDate start) {
    Checks checks = new Checks();
    Optional<Entitlement> entitlement = checks.at("", () -> entitlement(budget));
    Optional<PurchaseModel> purchase = checks.at("purchase", () -> purchase(budget.getPurchase()));
    Optional<Portability> portability =
        checks.at(
            "portability",
            () ->
                budget.hasPortability()
                    ? portability(budget.getPortability(), start)
                    : new Portability.None());
    Optional<PrivateUse> privateUse =
        checks.at(
            "private_use_percent",
            () ->
                budget.hasPrivateUsePercent()
                    ? new PrivateUse.Known(ValueMapper.percent(budget.getPrivateUsePercent()))
                    : new PrivateUse.Unknown());
    checks.orThrow();
    return new TokenBudget(
        entitlement.orElseThrow(),
        ValueMapper.recurrence(budget.getRecurrence()),
        ValueMapper.guarantee(budget.getGuarantee(), Guarantee.CONTRACTUAL),
        treatment(budget.getTreatment()),
        purchase.orElseThrow(),
        privateUse.orElseThrow(),
        ValueMapper.percent(budget.hasCashConversionPercent(), budget.getCashConversionPercent()),
        portability.orElseThrow(),
        budget.hasExpectedConsumption()
            ? Optional.of(ValueMapper.money(budget.getExpectedConsumption()))
            : Optional.empty(),
        budget.getOverageAllowed());
  }

  private static Entitlement entitlement(dev.fourthpillar.comp.v1.TokenBudget budget) {
    return switch (budget.getEntitlementCase()) {
      case AMOUNT -> new Entitlement.FixedMoney(ValueMapper.money(budget.getAmount()));
      case PERCENT_OF_BASE ->
          new Entitlement.PercentOfBase(ValueMapper.percent(budget.getPercentOfBase()));
      case QUANTITIES -> quantities(budget.getQuantities());
      case POOLED -> new Entitlement.PooledShare();
      case UNCAPPED -> new Entitlement.Uncapped();
      case ENTITLEMENT_NOT_SET -> throw new IllegalArgumentException("a budget of nothing");
    };
  }

  private static Entitlement quantities(TokenQuantities quantities) {
    return new Entitlement.FixedQuantity(
        quantities.getLinesList().stream()
            .map(
                line ->
                    new Entitlement.QuantityLine(
                        line.getProvider(),
                        line.getModel(),
                        line.getMeter(),
                        BigDecimal.valueOf(line.getQuantity())))
            .toList(),
        ValueMapper.money(quantities.getFaceValue()),
        ValueMapper.date(quantities.getValuationDate()),
        quantities.getPriceBook());
  }

  private static PurchaseModel purchase(TokenPurchase purchase) {
    Percent discount =
        ValueMapper.percent(purchase.hasDiscountPercent(), purchase.getDiscountPercent());
    return purchase.hasCommitment()
        ? new PurchaseModel.TakeOrPay(ValueMapper.money(purchase.getCommitment()), discount)
        : new PurchaseModel.PayAsYouGo(discount);
  }

  private static Portability portability(TokenPortability portability, LocalDate start) {
    Percent percent = ValueMapper.percent(portability.getPercent());
    return portability.hasSchedule()
        ? new Portability.Vesting(
            percent,
            VestMapper.schedule(portability.getSchedule()),
            portability.hasGrantDate() ? ValueMapper.date(portability.getGrantDate()) : start)
        : new Portability.Fixed(percent);
  }

  private static Treatment treatment(dev.fourthpillar.comp.v1.Treatment given) {
    return switch (given) {
      case TREATMENT_UNSPECIFIED, TREATMENT_TOOL, UNRECOGNIZED -> Treatment.TOOL;
      case TREATMENT_MIXED -> Treatment.MIXED;
      case TREATMENT_PAY -> Treatment.PAY;
      case TREATMENT_NEEDS_REVIEW -> Treatment.NEEDS_REVIEW;
    };
  }
}
