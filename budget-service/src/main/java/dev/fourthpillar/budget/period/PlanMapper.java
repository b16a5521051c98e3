package dev.fourthpillar.budget.period;

import com.google.type.Date;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.v1.AnnualAmount;
import dev.fourthpillar.budget.v1.Cadence;
import dev.fourthpillar.budget.v1.GetPlanResponse;
import dev.fourthpillar.budget.v1.ListPlansRequest;
import dev.fourthpillar.budget.v1.ListPlansResponse;
import dev.fourthpillar.budget.v1.LotPart;
import dev.fourthpillar.budget.v1.OveragePolicy;
import dev.fourthpillar.budget.v1.PlanServiceGrpc;
import dev.fourthpillar.budget.v1.PreviewPlanRequest;
import dev.fourthpillar.budget.v1.PreviewPlanResponse;
import dev.fourthpillar.budget.v1.PreviewedLot;
import dev.fourthpillar.budget.v1.PriceSide;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans between the contract and the domain. */
final class PlanMapper {
  private static final int MIN_YEAR = 1900;
  private static final int MAX_YEAR = 9998;

  private PlanMapper() {}

  static PageRequest page(ListPlansRequest request) {
    return tokens().read(request.getPageSize(), request.getPageToken());
  }

  static GetPlanResponse toProto(Plan plan) {
    return GetPlanResponse.newBuilder().setPlan(plan(plan)).build();
  }

  static ListPlansResponse toProto(Page<Plan> page) {
    return ListPlansResponse.newBuilder()
        .addAllPlans(page.items().stream().map(PlanMapper::plan).toList())
        .setNextPageToken(tokens().next(page))
        .build();
  }

  private static PageTokens tokens() {
    return PageTokens.of(PlanServiceGrpc.getListPlansMethod().getFullMethodName());
  }

  private static dev.fourthpillar.budget.v1.Plan plan(Plan plan) {
    return dev.fourthpillar.budget.v1.Plan.newBuilder()
        .setPlan(plan.id())
        .setCadence(
            switch (plan.cadence()) {
              case CALENDAR_YEAR -> Cadence.CADENCE_CALENDAR_YEAR;
            })
        .setOverage(
            switch (plan.overage()) {
              case BLOCK -> OveragePolicy.OVERAGE_POLICY_BLOCK;
            })
        .setPriceSide(
            switch (plan.priceSide()) {
              case LIST -> PriceSide.PRICE_SIDE_LIST;
              case EMPLOYER -> PriceSide.PRICE_SIDE_EMPLOYER;
            })
        .setProrateOnLeave(plan.prorateOnLeave())
        .addAllThresholdsPercent(plan.thresholdsPercent())
        .build();
  }

  static PlanService.Preview fromProto(PreviewPlanRequest request) {
    List<Violation> violations = new ArrayList<>();
    ZoneId zone = zone(request.getTimeZone(), violations);
    List<Valued> amounts = new ArrayList<>();
    for (int i = 0; i < request.getAmountsCount(); i++) {
      amount(request.getAmounts(i), "amounts[%d]".formatted(i), violations).ifPresent(amounts::add);
    }
    order(amounts, violations);
    Optional<LocalDate> lastDay =
        request.hasLastDay()
            ? date(request.getLastDay(), "last_day", violations)
            : Optional.empty();
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return new PlanService.Preview(request.getPlan(), zone, amounts, request.getYear(), lastDay);
  }

  private static ZoneId zone(String name, List<Violation> violations) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      violations.add(
          new Violation(
              "time_zone", "must be an IANA zone, for example Europe/Stockholm", "time_zone"));
      return ZoneId.of("UTC");
    }
  }

  private static Optional<Valued> amount(
      AnnualAmount amount, String field, List<Violation> violations) {
    Optional<LocalDate> from =
        date(amount.getEffectiveFrom(), field + ".effective_from", violations);
    Optional<LocalDate> until =
        amount.hasEffectiveUntil()
            ? date(amount.getEffectiveUntil(), field + ".effective_until", violations)
            : Optional.empty();
    List<Violation> money = MoneyMapper.violations(amount.getAmount(), field + ".amount");
    violations.addAll(money);
    if (from.isEmpty() || !money.isEmpty()) {
      return Optional.empty();
    }
    Amount perYear = MoneyMapper.fromProto(amount.getAmount(), field + ".amount");
    if (perYear.nanos() < 0) {
      violations.add(new Violation(field + ".amount", "must be 0 or more", "amount.negative"));
    }
    if (until.isPresent() && until.get().isBefore(from.get())) {
      violations.add(
          new Violation(
              field + ".effective_until", "must not be before effective_from", "date.order"));
    }
    return Optional.of(new Valued(field, from.get(), until, perYear));
  }

  private static void order(List<Valued> amounts, List<Violation> violations) {
    for (int i = 1; i < amounts.size(); i++) {
      Valued before = amounts.get(i - 1);
      Valued after = amounts.get(i);
      boolean follows = before.until().map(day -> day.isBefore(after.from())).orElse(false);
      if (!follows) {
        violations.add(
            new Violation(
                after.segment() + ".effective_from",
                "must be after the last day of the amount before",
                "amounts.overlap"));
      }
      if (!before.amount().currency().equals(after.amount().currency())) {
        violations.add(
            new Violation(
                after.segment() + ".amount.currency_code",
                "must be the same in all amounts",
                "amounts.currency"));
      }
    }
  }

  private static Optional<LocalDate> date(Date date, String field, List<Violation> violations) {
    LocalDate day = DateMapper.fromProto(date, field);
    if (day.getYear() >= MIN_YEAR && day.getYear() <= MAX_YEAR) {
      return Optional.of(day);
    }
    violations.add(
        new Violation(
            field, "must be a day from %d to %d".formatted(MIN_YEAR, MAX_YEAR), "date.valid"));
    return Optional.empty();
  }

  static PreviewPlanResponse toProto(List<PlannedLot> lots) {
    return PreviewPlanResponse.newBuilder()
        .addAllLots(lots.stream().map(PlanMapper::lot).toList())
        .build();
  }

  private static PreviewedLot lot(PlannedLot lot) {
    return PreviewedLot.newBuilder()
        .setAmount(MoneyMapper.toProto(lot.amount()))
        .setEffectiveTime(TimestampMapper.toProto(lot.effective()))
        .setExpireTime(TimestampMapper.toProto(lot.expiry()))
        .addAllParts(
            lot.parts().stream()
                .map(
                    part ->
                        LotPart.newBuilder()
                            .setFirstDay(DateMapper.toProto(part.firstDay()))
                            .setLastDay(DateMapper.toProto(part.lastDay()))
                            .setAmount(MoneyMapper.toProto(part.amount()))
                            .build())
                .toList())
        .build();
  }
}
