package dev.fourthpillar.comp.api;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.v1.VestTranche;
import dev.fourthpillar.comp.vest.Acceleration;
import dev.fourthpillar.comp.vest.Allocation;
import dev.fourthpillar.comp.vest.Quantity;
import dev.fourthpillar.comp.vest.Tranche;
import dev.fourthpillar.comp.vest.VestSchedule;
import dev.fourthpillar.comp.vest.YearlyPercents;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Vesting schedules and what comes of them. */
public final class VestMapper {
  private static final int MICRO_DECIMALS = 6;

  private VestMapper() {}

  public static VestSchedule schedule(dev.fourthpillar.comp.v1.VestSchedule schedule) {
    Checks checks = new Checks();
    Optional<Optional<YearlyPercents>> percents =
        checks.at("yearly_percents", () -> yearlyPercents(schedule));
    checks.orThrow();
    return new VestSchedule(
        ValueMapper.date(schedule.getStartDate()),
        schedule.getMonthsApart(),
        schedule.getInstallments(),
        schedule.getCliffInstallment(),
        allocation(schedule.getAllocation()),
        percents.orElseThrow());
  }

  public static List<Acceleration> accelerations(
      List<dev.fourthpillar.comp.v1.Acceleration> accelerations) {
    Checks checks = new Checks();
    List<Acceleration> mapped = new ArrayList<>();
    for (int i = 0; i < accelerations.size(); i++) {
      dev.fourthpillar.comp.v1.Acceleration given = accelerations.get(i);
      checks.at("accelerations[" + i + "]", () -> acceleration(given)).ifPresent(mapped::add);
    }
    checks.orThrow();
    return mapped;
  }

  public static VestTranche toProto(Tranche tranche) {
    return VestTranche.newBuilder()
        .setDate(DateMapper.toProto(tranche.date()))
        .setInstallments(tranche.installments())
        .setUnits(DecimalMapper.toProto(units(tranche.quantity())))
        .setCumulativeUnits(DecimalMapper.toProto(units(tranche.cumulative())))
        .build();
  }

  static BigDecimal units(Quantity quantity) {
    return BigDecimal.valueOf(quantity.micros(), MICRO_DECIMALS);
  }

  private static Optional<YearlyPercents> yearlyPercents(
      dev.fourthpillar.comp.v1.VestSchedule schedule) {
    return schedule.getYearlyPercentsCount() == 0
        ? Optional.empty()
        : Optional.of(
            new YearlyPercents(
                schedule.getYearlyPercentsList().stream().map(ValueMapper::percent).toList()));
  }

  private static Acceleration acceleration(dev.fourthpillar.comp.v1.Acceleration given) {
    return switch (given.getExtentCase()) {
      case UNITS ->
          new Acceleration.Fixed(
              ValueMapper.date(given.getDate()),
              quantity(DecimalMapper.fromProto(given.getUnits(), "units")));
      case PERCENT_OF_UNVESTED ->
          new Acceleration.OfUnvested(
              ValueMapper.date(given.getDate()), ValueMapper.percent(given.getPercentOfUnvested()));
      case EXTENT_NOT_SET -> throw new IllegalArgumentException("an acceleration without extent");
    };
  }

  private static Quantity quantity(BigDecimal units) {
    Checks checks = new Checks();
    BigDecimal micros = units.movePointRight(MICRO_DECIMALS).stripTrailingZeros();
    checks.that(
        units.signum() > 0
            && micros.scale() <= 0
            && units.compareTo(BigDecimal.valueOf(dev.fourthpillar.comp.vest.VestTable.MAX_UNITS))
                <= 0,
        "units",
        units,
        "above 0, at most 10^9, at most 6 decimals");
    checks.orThrow();
    return new Quantity(micros.longValueExact());
  }

  private static Allocation allocation(dev.fourthpillar.comp.v1.Allocation given) {
    return switch (given) {
      case ALLOCATION_UNSPECIFIED, ALLOCATION_CUMULATIVE_ROUND_DOWN, UNRECOGNIZED ->
          Allocation.CUMULATIVE_ROUND_DOWN;
      case ALLOCATION_CUMULATIVE_ROUNDING -> Allocation.CUMULATIVE_ROUNDING;
      case ALLOCATION_FRONT_LOADED -> Allocation.FRONT_LOADED;
      case ALLOCATION_BACK_LOADED -> Allocation.BACK_LOADED;
      case ALLOCATION_FRONT_LOADED_TO_SINGLE_TRANCHE -> Allocation.FRONT_LOADED_TO_SINGLE_TRANCHE;
      case ALLOCATION_BACK_LOADED_TO_SINGLE_TRANCHE -> Allocation.BACK_LOADED_TO_SINGLE_TRANCHE;
      case ALLOCATION_FRACTIONAL -> Allocation.FRACTIONAL;
    };
  }
}
