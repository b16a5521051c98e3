package dev.fourthpillar.budget.period;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.type.Date;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.plan.Assignment;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanCodec;
import dev.fourthpillar.budget.plan.PlanHistory;
import dev.fourthpillar.budget.v1.AnnualAmount;
import dev.fourthpillar.budget.v1.AssignPlanRequest;
import dev.fourthpillar.budget.v1.AssignPlanResponse;
import dev.fourthpillar.budget.v1.CreatePlanRequest;
import dev.fourthpillar.budget.v1.CreatePlanResponse;
import dev.fourthpillar.budget.v1.GetPlanResponse;
import dev.fourthpillar.budget.v1.ListPlansRequest;
import dev.fourthpillar.budget.v1.ListPlansResponse;
import dev.fourthpillar.budget.v1.LotPart;
import dev.fourthpillar.budget.v1.PlanServiceGrpc;
import dev.fourthpillar.budget.v1.PlanVersion;
import dev.fourthpillar.budget.v1.PreviewPlanRequest;
import dev.fourthpillar.budget.v1.PreviewPlanResponse;
import dev.fourthpillar.budget.v1.PreviewedLot;
import dev.fourthpillar.budget.v1.UpdatePlanRequest;
import dev.fourthpillar.budget.v1.UpdatePlanResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Plans between the contract and the domain. */
final class PlanMapper {
  private static final int MIN_YEAR = 1900;
  private static final int MAX_YEAR = 9998;

  private PlanMapper() {}

  static PageRequest page(ListPlansRequest request) {
    return tokens().read(request.getPageSize(), request.getPageToken());
  }

  static GetPlanResponse toProto(PlanService.Found found) {
    return GetPlanResponse.newBuilder()
        .setPlan(PlanCodec.toProto(found.now()))
        .addAllVersions(found.history().versions().stream().map(PlanMapper::version).toList())
        .build();
  }

  private static PlanVersion version(PlanHistory.Version version) {
    PlanVersion.Builder proto = PlanVersion.newBuilder().setPlan(PlanCodec.toProto(version.plan()));
    if (version.from().isAfter(PlanHistory.EVER)) {
      proto.setEffectiveFrom(DateMapper.toProto(version.from()));
    }
    return proto.build();
  }

  static ListPlansResponse toProto(Page<PlanService.Found> page) {
    return ListPlansResponse.newBuilder()
        .addAllPlans(page.items().stream().map(found -> PlanCodec.toProto(found.now())).toList())
        .setNextPageToken(tokens().next(page))
        .build();
  }

  static Plan fromProto(CreatePlanRequest request) {
    return PlanCodec.fromProto(request.getPlan(), "plan");
  }

  static CreatePlanResponse created(Plan plan) {
    return CreatePlanResponse.newBuilder().setPlan(PlanCodec.toProto(plan)).build();
  }

  static PlanHistory.Version fromProto(UpdatePlanRequest request) {
    return new PlanHistory.Version(
        required(request.getEffectiveFrom(), "effective_from"),
        PlanCodec.fromProto(request.getPlan(), "plan"));
  }

  static UpdatePlanResponse updated(PlanHistory.Version version) {
    return UpdatePlanResponse.newBuilder()
        .setPlan(PlanCodec.toProto(version.plan()))
        .setEffectiveFrom(DateMapper.toProto(version.from()))
        .build();
  }

  static PlanService.Assigned fromProto(AssignPlanRequest request) {
    return new PlanService.Assigned(
        request.getEngineer(),
        new Assignment(required(request.getEffectiveFrom(), "effective_from"), request.getPlan()));
  }

  static AssignPlanResponse assigned(PlanService.Assigned assigned) {
    return AssignPlanResponse.newBuilder()
        .setEngineer(assigned.engineer())
        .setPlan(assigned.assignment().plan())
        .setEffectiveFrom(DateMapper.toProto(assigned.assignment().from()))
        .build();
  }

  static final AnswerCodec<Plan> PLAN_CODEC =
      codec(
          PlanMapper::created,
          CreatePlanResponse.parser(),
          answer -> PlanCodec.fromProto(answer.getPlan(), "plan"));

  static final AnswerCodec<PlanHistory.Version> VERSION_CODEC =
      codec(
          PlanMapper::updated,
          UpdatePlanResponse.parser(),
          answer ->
              new PlanHistory.Version(
                  required(answer.getEffectiveFrom(), "effective_from"),
                  PlanCodec.fromProto(answer.getPlan(), "plan")));

  static final AnswerCodec<PlanService.Assigned> ASSIGNED_CODEC =
      codec(
          PlanMapper::assigned,
          AssignPlanResponse.parser(),
          answer ->
              new PlanService.Assigned(
                  answer.getEngineer(),
                  new Assignment(
                      required(answer.getEffectiveFrom(), "effective_from"), answer.getPlan())));

  /** An answer is kept as the message it is given as. */
  private static <T, M extends MessageLite> AnswerCodec<T> codec(
      Function<T, M> toProto, Parser<M> parser, Function<M, T> fromProto) {
    return new AnswerCodec<>(
        answer -> toProto.apply(answer).toByteArray(),
        bytes -> {
          try {
            return fromProto.apply(parser.parseFrom(bytes));
          } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a kept answer is none of this method's", e);
          }
        });
  }

  private static LocalDate required(Date date, String field) {
    List<Violation> violations = new ArrayList<>();
    Optional<LocalDate> day = date(date, field, violations);
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return day.orElseThrow();
  }

  private static PageTokens tokens() {
    return PageTokens.of(PlanServiceGrpc.getListPlansMethod().getFullMethodName());
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
    return Optional.of(new Valued(field, from.get(), until, Recurrence.ANNUAL, perYear));
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
