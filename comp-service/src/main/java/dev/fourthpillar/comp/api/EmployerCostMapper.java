package dev.fourthpillar.comp.api;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.employer.EmployerTerms;
import dev.fourthpillar.comp.employer.PayrollCharge;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.v1.ChargeBasis;
import dev.fourthpillar.comp.v1.EmployerCharge;
import dev.fourthpillar.comp.v1.RuleConfidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the employer pays beside a package. */
public final class EmployerCostMapper {

  private EmployerCostMapper() {}

  public static EmployerTerms terms(dev.fourthpillar.comp.v1.EmployerTerms terms) {
    Checks checks = new Checks();
    Optional<Money> overhead =
        terms.hasOverhead()
            ? checks.at("overhead", () -> ValueMapper.money(terms.getOverhead()))
            : Optional.empty();
    Optional<List<PayrollCharge>> charges =
        checks.at("payroll", () -> charges(terms.getPayroll().getChargesList()));
    checks.that(
        !terms.hasLoadFactor() || !terms.hasOverhead(),
        "overhead",
        "present",
        "absent beside a load factor");
    checks.orThrow();
    return switch (terms.getDetailCase()) {
      case PAYROLL ->
          new EmployerTerms.Payroll(charges.orElseThrow(), overhead, terms.getIncludeEquity());
      case LOAD_FACTOR ->
          new EmployerTerms.Loaded(
              DecimalMapper.fromProto(terms.getLoadFactor(), "load_factor"),
              terms.getIncludeEquity());
      case DETAIL_NOT_SET -> throw new IllegalArgumentException("employer terms without detail");
    };
  }

  public static dev.fourthpillar.comp.v1.EmployerCost toProto(EmployerCost cost) {
    dev.fourthpillar.comp.v1.EmployerCost.Builder proto =
        dev.fourthpillar.comp.v1.EmployerCost.newBuilder()
            .setCash(LineMapper.line(cost.cash()))
            .addAllCharges(cost.charges().stream().map(EmployerCostMapper::charge).toList())
            .setTokensAtEmployerCost(LineMapper.figure(cost.tokens()))
            .setTotal(LineMapper.figure(cost.total()))
            .addAllStaleRuleIds(cost.staleRules());
    cost.load().map(LineMapper::line).ifPresent(proto::setLoad);
    cost.benefits().map(LineMapper::line).ifPresent(proto::setBenefits);
    cost.equity().map(LineMapper::line).ifPresent(proto::setEquity);
    cost.overhead().map(LineMapper::line).ifPresent(proto::setOverhead);
    return proto.build();
  }

  private static EmployerCharge charge(EmployerCost.Charge charge) {
    return EmployerCharge.newBuilder()
        .setRuleId(charge.ruleId())
        .setAmount(LineMapper.figure(charge.amount()))
        .build();
  }

  /**
   * @throws dev.fourthpillar.comp.failure.Invalid with paths that begin at {@code charges}
   */
  public static List<PayrollCharge> charges(List<dev.fourthpillar.comp.v1.PayrollCharge> charges) {
    Checks checks = new Checks();
    List<PayrollCharge> mapped = new ArrayList<>();
    for (int i = 0; i < charges.size(); i++) {
      dev.fourthpillar.comp.v1.PayrollCharge given = charges.get(i);
      checks.at("charges[" + i + "]", () -> charge(given)).ifPresent(mapped::add);
    }
    checks.orThrow();
    return mapped;
  }

  private static PayrollCharge charge(dev.fourthpillar.comp.v1.PayrollCharge charge) {
    return new PayrollCharge(
        charge.getRuleId(),
        ValueMapper.percent(charge.getRatePercent()),
        basis(charge.getBasis()),
        charge.getIncludesVests(),
        charge.hasCap() ? Optional.of(ValueMapper.money(charge.getCap())) : Optional.empty(),
        ValueMapper.date(charge.getEffectiveDate()),
        charge.hasEndDate() ? Optional.of(ValueMapper.date(charge.getEndDate())) : Optional.empty(),
        charge.getCitation(),
        ValueMapper.date(charge.getLastVerifiedDate()),
        confidence(charge.getConfidence()));
  }

  public static dev.fourthpillar.comp.v1.PayrollCharge toProto(PayrollCharge charge) {
    dev.fourthpillar.comp.v1.PayrollCharge.Builder proto =
        dev.fourthpillar.comp.v1.PayrollCharge.newBuilder()
            .setRuleId(charge.ruleId())
            .setRatePercent(DecimalMapper.toProtoExactly(charge.rate().value()))
            .setBasis(
                switch (charge.basis()) {
                  case CASH -> ChargeBasis.CHARGE_BASIS_CASH;
                  case CASH_AND_TAXABLE_BENEFITS ->
                      ChargeBasis.CHARGE_BASIS_CASH_AND_TAXABLE_BENEFITS;
                })
            .setIncludesVests(charge.includesVests())
            .setEffectiveDate(DateMapper.toProto(charge.from()))
            .setCitation(charge.citation())
            .setLastVerifiedDate(DateMapper.toProto(charge.lastVerified()))
            .setConfidence(
                switch (charge.confidence()) {
                  case LOW -> RuleConfidence.RULE_CONFIDENCE_LOW;
                  case MEDIUM -> RuleConfidence.RULE_CONFIDENCE_MEDIUM;
                  case HIGH -> RuleConfidence.RULE_CONFIDENCE_HIGH;
                });
    charge.cap().map(ValueMapper::toProto).ifPresent(proto::setCap);
    charge.to().map(DateMapper::toProto).ifPresent(proto::setEndDate);
    return proto.build();
  }

  private static PayrollCharge.Basis basis(ChargeBasis given) {
    return switch (given) {
      case CHARGE_BASIS_UNSPECIFIED, CHARGE_BASIS_CASH, UNRECOGNIZED -> PayrollCharge.Basis.CASH;
      case CHARGE_BASIS_CASH_AND_TAXABLE_BENEFITS -> PayrollCharge.Basis.CASH_AND_TAXABLE_BENEFITS;
    };
  }

  private static PayrollCharge.Confidence confidence(RuleConfidence given) {
    return switch (given) {
      case RULE_CONFIDENCE_UNSPECIFIED, RULE_CONFIDENCE_MEDIUM, UNRECOGNIZED ->
          PayrollCharge.Confidence.MEDIUM;
      case RULE_CONFIDENCE_LOW -> PayrollCharge.Confidence.LOW;
      case RULE_CONFIDENCE_HIGH -> PayrollCharge.Confidence.HIGH;
    };
  }
}
