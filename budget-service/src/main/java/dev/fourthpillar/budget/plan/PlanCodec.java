package dev.fourthpillar.budget.plan;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.type.Date;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.plan.Plan.PriceSide;
import dev.fourthpillar.budget.plan.Plan.Proration;
import dev.fourthpillar.budget.v1.OveragePolicy;
import dev.fourthpillar.budget.v1.Portability;
import dev.fourthpillar.budget.v1.Rollover;
import dev.fourthpillar.budget.v1.Weekday;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans as the contract has them, and as they are kept: the same message. */
public final class PlanCodec {
  /** Periods' worth of days on which a lot may still pay. */
  private static final int MAX_PERIODS_BEHIND = 10;

  private static final int MAX_DAYS_BEHIND = 730;

  /** Of a lot that goes on, as lots of periods have it. */
  private static final int DEFAULT_PRIORITY = 100;

  private PlanCodec() {}

  static byte[] toBytes(Plan plan) {
    return toProto(plan).toByteArray();
  }

  static Plan fromBytes(byte[] bytes) {
    try {
      return fromProto(dev.fourthpillar.budget.v1.Plan.parseFrom(bytes), "plan");
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a kept plan is none", e);
    }
  }

  /** The contract's message. */
  public static dev.fourthpillar.budget.v1.Plan toProto(Plan plan) {
    var proto =
        dev.fourthpillar.budget.v1.Plan.newBuilder()
            .setPlan(plan.id())
            .setCadence(cadence(plan.cadence()))
            .setPriceSide(
                switch (plan.priceSide()) {
                  case LIST -> dev.fourthpillar.budget.v1.PriceSide.PRICE_SIDE_LIST;
                  case EMPLOYER -> dev.fourthpillar.budget.v1.PriceSide.PRICE_SIDE_EMPLOYER;
                })
            .setProrateOnLeave(plan.prorateOnLeave())
            .addAllThresholdsPercent(plan.thresholdsPercent())
            .setProration(
                switch (plan.proration()) {
                  case CALENDAR_DAYS ->
                      dev.fourthpillar.budget.v1.Proration.PRORATION_CALENDAR_DAYS;
                  case NONE -> dev.fourthpillar.budget.v1.Proration.PRORATION_NONE;
                })
            .setExpireAfterDays(plan.expireAfterDays())
            .setNoticeDays(plan.noticeDays());
    plan.portability()
        .ifPresent(
            portability ->
                proto.setPortability(
                    Portability.newBuilder()
                        .setPercent(portability.percent())
                        .setVestingMonths(portability.vestingMonths())
                        .setCliffMonths(portability.cliffMonths())));
    plan.rollover().ifPresent(rollover -> proto.setRollover(toProto(rollover)));
    switch (plan.overage()) {
      case Overage.Block _ -> proto.setOverage(OveragePolicy.OVERAGE_POLICY_BLOCK);
      case Overage.Allow _ -> proto.setOverage(OveragePolicy.OVERAGE_POLICY_ALLOW);
      case Overage.AllowWithCap(int percent) ->
          proto
              .setOverage(OveragePolicy.OVERAGE_POLICY_ALLOW_WITH_CAP)
              .setOverageCapPercent(percent);
      case Overage.Degrade(List<String> models) ->
          proto.setOverage(OveragePolicy.OVERAGE_POLICY_DEGRADE).addAllDegradeToModels(models);
    }
    plan.amount().ifPresent(amount -> proto.setAmountPerPeriod(MoneyMapper.toProto(amount)));
    if (plan.cadence() instanceof Cadence.Weekly(DayOfWeek first)) {
      proto.setWeekStart(Weekday.forNumber(first.getValue()));
    }
    if (plan.cadence() instanceof Cadence.FiscalYear(MonthDay start)) {
      proto.setFiscalYearStart(
          Date.newBuilder().setMonth(start.getMonthValue()).setDay(start.getDayOfMonth()));
    }
    return proto.build();
  }

  private static dev.fourthpillar.budget.v1.Cadence cadence(Cadence cadence) {
    return switch (cadence) {
      case Cadence.CalendarYear _ -> dev.fourthpillar.budget.v1.Cadence.CADENCE_CALENDAR_YEAR;
      case Cadence.Weekly _ -> dev.fourthpillar.budget.v1.Cadence.CADENCE_WEEKLY;
      case Cadence.SemiMonthly _ -> dev.fourthpillar.budget.v1.Cadence.CADENCE_SEMI_MONTHLY;
      case Cadence.Monthly _ -> dev.fourthpillar.budget.v1.Cadence.CADENCE_MONTHLY;
      case Cadence.Quarterly _ -> dev.fourthpillar.budget.v1.Cadence.CADENCE_QUARTERLY;
      case Cadence.Anniversary _ -> dev.fourthpillar.budget.v1.Cadence.CADENCE_ANNIVERSARY;
      case Cadence.FiscalYear _ -> dev.fourthpillar.budget.v1.Cadence.CADENCE_FISCAL_YEAR;
    };
  }

  /**
   * The plan that a message says, all of whose fields are within the contract's annotations.
   *
   * @param field its path in the request, for violations
   */
  public static Plan fromProto(dev.fourthpillar.budget.v1.Plan proto, String field) {
    List<Violation> violations = new ArrayList<>();
    Cadence cadence = cadence(proto, field, violations);
    Optional<Amount> amount = amount(proto, field, violations);
    Overage overage = overage(proto, field, violations);
    rising(proto.getThresholdsPercentList(), field, violations);
    int behind = proto.getExpireAfterDays();
    int most = Math.min(MAX_DAYS_BEHIND, MAX_PERIODS_BEHIND * shortestDays(cadence));
    if (behind > most) {
      violations.add(
          new Violation(
              field + ".expire_after_days",
              "must be at most %d with this cadence; it is %d".formatted(most, behind),
              "plan.expire_after_days"));
    }
    Optional<PlanRollover> rollover =
        proto.hasRollover()
            ? rollover(proto.getRollover(), most, field + ".rollover", violations)
            : Optional.empty();
    if (proto.getPortability().getCliffMonths() > proto.getPortability().getVestingMonths()) {
      violations.add(
          new Violation(
              field + ".portability.cliff_months",
              "must be at most vesting_months",
              "plan.portability"));
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return new Plan(
        proto.getPlan(),
        cadence,
        amount,
        switch (proto.getProration()) {
          case PRORATION_NONE -> Proration.NONE;
          case PRORATION_CALENDAR_DAYS, PRORATION_UNSPECIFIED, UNRECOGNIZED ->
              Proration.CALENDAR_DAYS;
        },
        behind,
        rollover,
        overage,
        switch (proto.getPriceSide()) {
          case PRICE_SIDE_LIST -> PriceSide.LIST;
          case PRICE_SIDE_EMPLOYER -> PriceSide.EMPLOYER;
          case PRICE_SIDE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("price_side");
        },
        proto.getProrateOnLeave(),
        proto.getThresholdsPercentList(),
        proto.getNoticeDays(),
        proto.hasPortability()
            ? Optional.of(
                new PlanPortability(
                    proto.getPortability().getPercent(),
                    proto.getPortability().getVestingMonths(),
                    proto.getPortability().getCliffMonths()))
            : Optional.empty());
  }

  private static Cadence cadence(
      dev.fourthpillar.budget.v1.Plan proto, String field, List<Violation> violations) {
    Cadence cadence =
        switch (proto.getCadence()) {
          case CADENCE_CALENDAR_YEAR -> new Cadence.CalendarYear();
          case CADENCE_WEEKLY ->
              new Cadence.Weekly(
                  proto.getWeekStartValue() == 0
                      ? DayOfWeek.MONDAY
                      : DayOfWeek.of(proto.getWeekStartValue()));
          case CADENCE_SEMI_MONTHLY -> new Cadence.SemiMonthly();
          case CADENCE_MONTHLY -> new Cadence.Monthly();
          case CADENCE_QUARTERLY -> new Cadence.Quarterly();
          case CADENCE_ANNIVERSARY -> new Cadence.Anniversary();
          case CADENCE_FISCAL_YEAR -> fiscalYear(proto.getFiscalYearStart(), field, violations);
          case CADENCE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("cadence");
        };
    if (!(cadence instanceof Cadence.Weekly) && proto.getWeekStartValue() != 0) {
      violations.add(only(field + ".week_start", "CADENCE_WEEKLY"));
    }
    if (proto.hasFiscalYearStart()
        && proto.getCadence() != dev.fourthpillar.budget.v1.Cadence.CADENCE_FISCAL_YEAR) {
      violations.add(only(field + ".fiscal_year_start", "CADENCE_FISCAL_YEAR"));
    }
    return cadence;
  }

  private static Cadence fiscalYear(Date start, String field, List<Violation> violations) {
    try {
      if (start.getYear() == 0) {
        return new Cadence.FiscalYear(MonthDay.of(start.getMonth(), start.getDay()));
      }
    } catch (DateTimeException | IllegalArgumentException _) {
      // Named below, as every other day that is none.
    }
    violations.add(
        new Violation(
            field + ".fiscal_year_start",
            "must be a month and one of its days from 1 to %d, with year 0"
                .formatted(Cadence.FiscalYear.MAX_DAY),
            "plan.fiscal_year_start"));
    return new Cadence.CalendarYear();
  }

  private static Optional<Amount> amount(
      dev.fourthpillar.budget.v1.Plan proto, String field, List<Violation> violations) {
    return proto.hasAmountPerPeriod()
        ? amount(proto.getAmountPerPeriod(), field + ".amount_per_period", violations)
        : Optional.empty();
  }

  private static Optional<Amount> amount(Money proto, String path, List<Violation> violations) {
    List<Violation> money = MoneyMapper.violations(proto, path);
    violations.addAll(money);
    if (!money.isEmpty()) {
      return Optional.empty();
    }
    Amount amount = MoneyMapper.fromProto(proto, path);
    if (amount.nanos() <= 0) {
      violations.add(new Violation(path, "must be more than 0", "amount.positive"));
    }
    return Optional.of(amount);
  }

  private static Optional<PlanRollover> rollover(
      Rollover proto, int mostDays, String path, List<Violation> violations) {
    if (proto.getExpireAfterDays() > mostDays) {
      violations.add(
          new Violation(
              path + ".expire_after_days",
              "must be at most %d with this cadence; it is %d"
                  .formatted(mostDays, proto.getExpireAfterDays()),
              "plan.expire_after_days"));
    }
    Optional<Amount> most =
        proto.hasMaxAmount()
            ? amount(proto.getMaxAmount(), path + ".max_amount", violations)
            : Optional.empty();
    return Optional.of(
        new PlanRollover(
            proto.getMaxPercent(),
            most,
            proto.getExpireAfterDays(),
            proto.hasPriority() ? proto.getPriority() : DEFAULT_PRIORITY));
  }

  private static Rollover toProto(PlanRollover rollover) {
    Rollover.Builder proto =
        Rollover.newBuilder()
            .setMaxPercent(rollover.percent())
            .setExpireAfterDays(rollover.days())
            .setPriority(rollover.priority());
    rollover.most().ifPresent(most -> proto.setMaxAmount(MoneyMapper.toProto(most)));
    return proto.build();
  }

  private static Overage overage(
      dev.fourthpillar.budget.v1.Plan proto, String field, List<Violation> violations) {
    OveragePolicy policy = proto.getOverage();
    boolean capped = policy == OveragePolicy.OVERAGE_POLICY_ALLOW_WITH_CAP;
    if (capped != proto.getOverageCapPercent() > 0) {
      violations.add(
          new Violation(
              field + ".overage_cap_percent",
              "must be there with OVERAGE_POLICY_ALLOW_WITH_CAP, and only then",
              "plan.overage"));
      return new Overage.Block();
    }
    boolean degrades = policy == OveragePolicy.OVERAGE_POLICY_DEGRADE;
    if (degrades != proto.getDegradeToModelsCount() > 0) {
      violations.add(
          new Violation(
              field + ".degrade_to_models",
              "must be there with OVERAGE_POLICY_DEGRADE, and only then",
              "plan.overage"));
      return new Overage.Block();
    }
    return switch (policy) {
      case OVERAGE_POLICY_BLOCK -> new Overage.Block();
      case OVERAGE_POLICY_ALLOW -> new Overage.Allow();
      case OVERAGE_POLICY_ALLOW_WITH_CAP -> new Overage.AllowWithCap(proto.getOverageCapPercent());
      case OVERAGE_POLICY_DEGRADE -> new Overage.Degrade(proto.getDegradeToModelsList());
      case OVERAGE_POLICY_UNSPECIFIED, UNRECOGNIZED -> throw unknown("overage");
    };
  }

  private static void rising(List<Integer> percents, String field, List<Violation> violations) {
    if (!percents.stream().distinct().sorted().toList().equals(percents)) {
      violations.add(
          new Violation(
              field + ".thresholds_percent",
              "must be rising; it is " + percents,
              "plan.thresholds"));
    }
  }

  private static int shortestDays(Cadence cadence) {
    return switch (cadence) {
      case Cadence.Weekly _ -> 7;
      case Cadence.SemiMonthly _ -> 13;
      case Cadence.Monthly _ -> 28;
      case Cadence.Quarterly _ -> 90;
      case Cadence.CalendarYear _, Cadence.Anniversary _, Cadence.FiscalYear _ -> 365;
    };
  }

  private static Violation only(String field, String cadence) {
    return new Violation(field, "must be absent unless the cadence is " + cadence, "plan.cadence");
  }

  private static IllegalStateException unknown(String field) {
    return new IllegalStateException(field + " of a plan is unknown (expected: a checked message)");
  }
}
