package dev.fourthpillar.comp.api;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.pack.Benefit;
import dev.fourthpillar.comp.pack.Clawback;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.pack.SignOn;
import dev.fourthpillar.comp.pack.TargetBonus;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.token.TokenBudget;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A package as it was sent; all that is wrong with it is told at once. */
public final class PackageMapper {

  private PackageMapper() {}

  /**
   * @param field path of the package in the request, for violations
   */
  public static CompensationPackage fromProto(
      dev.fourthpillar.comp.v1.CompensationPackage pack, String field) {
    return CompFailureMapper.answered(() -> Checks.under(field, () -> pack(pack)));
  }

  /**
   * A package that is a part of something else.
   *
   * @throws dev.fourthpillar.comp.failure.Invalid with paths that begin at the package
   */
  public static CompensationPackage pack(dev.fourthpillar.comp.v1.CompensationPackage pack) {
    Checks checks = new Checks();
    LocalDate start = ValueMapper.date(pack.getStartDate());
    Optional<Base> base = checks.at("base", () -> base(pack.getBase()));
    Optional<TargetBonus> bonus =
        pack.hasTargetBonus()
            ? checks.at("target_bonus", () -> bonus(pack.getTargetBonus()))
            : Optional.empty();
    List<SignOn> signOns =
        each(checks, "sign_ons", pack.getSignOnsList(), given -> signOn(given, start));
    List<dev.fourthpillar.comp.pack.EquityGrant> equity =
        each(checks, "equity", pack.getEquityList(), GrantMapper::grant);
    List<Benefit> benefits =
        each(checks, "benefits", pack.getBenefitsList(), PackageMapper::benefit);
    Optional<TokenBudget> tokens =
        pack.hasTokens()
            ? checks.at("tokens", () -> TokenBudgetMapper.budget(pack.getTokens(), start))
            : Optional.empty();
    checks.orThrow();
    return new CompensationPackage(
        start,
        pack.getTermYears() == 0 ? CompensationPackage.DEFAULT_TERM_YEARS : pack.getTermYears(),
        base.orElseThrow(),
        bonus,
        signOns,
        equity,
        benefits,
        tokens);
  }

  public static Base base(dev.fourthpillar.comp.v1.Base base) {
    return new Base(
        ValueMapper.money(base.getAmount()),
        ValueMapper.period(base.getPeriod()),
        ValueMapper.percent(base.hasGrowthPercent(), base.getGrowthPercent()),
        ValueMapper.guarantee(base.getGuarantee(), Guarantee.CONTRACTUAL));
  }

  private static TargetBonus bonus(dev.fourthpillar.comp.v1.TargetBonus bonus) {
    Guarantee guarantee = ValueMapper.guarantee(bonus.getGuarantee(), Guarantee.TARGET);
    return switch (bonus.getTargetCase()) {
      case PERCENT_OF_BASE ->
          new TargetBonus.OfBase(ValueMapper.percent(bonus.getPercentOfBase()), guarantee);
      case AMOUNT ->
          new TargetBonus.Fixed(
              ValueMapper.money(bonus.getAmount()),
              ValueMapper.period(bonus.getPeriod()),
              guarantee);
      case TARGET_NOT_SET -> throw new IllegalArgumentException("a bonus without target");
    };
  }

  private static SignOn signOn(dev.fourthpillar.comp.v1.SignOn signOn, LocalDate start) {
    return new SignOn(
        signOn.getId(),
        ValueMapper.money(signOn.getAmount()),
        signOn.hasPayDate() ? ValueMapper.date(signOn.getPayDate()) : start,
        ValueMapper.guarantee(signOn.getGuarantee(), Guarantee.CONTRACTUAL),
        signOn.hasClawback()
            ? Optional.of(
                new Clawback(
                    signOn.getClawback().getMonths(),
                    signOn.getClawback().getByDays()
                        ? Clawback.Counting.DAYS
                        : Clawback.Counting.WHOLE_MONTHS))
            : Optional.empty());
  }

  private static Benefit benefit(dev.fourthpillar.comp.v1.Benefit benefit) {
    return new Benefit(
        benefit.getId(),
        ValueMapper.money(benefit.getAmount()),
        ValueMapper.period(benefit.getPeriod()),
        ValueMapper.recurrence(benefit.getRecurrence()),
        ValueMapper.guarantee(benefit.getGuarantee(), Guarantee.CONTRACTUAL),
        switch (benefit.getTaxation()) {
          case BENEFIT_TAXATION_UNSPECIFIED, UNRECOGNIZED -> Benefit.Taxation.UNKNOWN;
          case BENEFIT_TAXATION_TAXABLE -> Benefit.Taxation.TAXABLE;
          case BENEFIT_TAXATION_EXEMPT -> Benefit.Taxation.EXEMPT;
        });
  }

  private static <P, D> List<D> each(
      Checks checks, String field, List<P> parts, Function<P, D> mapper) {
    List<D> mapped = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      P part = parts.get(i);
      checks.at(field + "[" + i + "]", () -> mapper.apply(part)).ifPresent(mapped::add);
    }
    return mapped;
  }
}
