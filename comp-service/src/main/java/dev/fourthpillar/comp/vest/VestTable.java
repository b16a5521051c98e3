package dev.fourthpillar.comp.vest;

import dev.fourthpillar.comp.calendar.Window;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Fractions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What vests when, to the unit: the tranches sum to the total, none is negative.
 *
 * @param total what vests altogether
 * @param tranches by date, one per date
 */
public record VestTable(Quantity total, List<Tranche> tranches) {

  public static final long MAX_UNITS = 1_000_000_000;
  public static final int MAX_ACCELERATIONS = 16;

  public VestTable {
    tranches = List.copyOf(tranches);
  }

  /** Without acceleration. */
  public static VestTable of(VestSchedule schedule, LocalDate grantDate, Quantity total) {
    return of(schedule, grantDate, total, List.of());
  }

  /**
   * @param grantDate installments due earlier fall on the first vest date on or after it; on the
   *     grant date itself when there is none
   * @param total 0 to {@link #MAX_UNITS} units; whole unless the schedule is FRACTIONAL
   * @param accelerations at most {@link #MAX_ACCELERATIONS}, none before the grant date
   */
  public static VestTable of(
      VestSchedule schedule,
      LocalDate grantDate,
      Quantity total,
      List<Acceleration> accelerations) {
    check(schedule, grantDate, total, accelerations);
    var scheduled = scheduled(schedule, grantDate, total);
    var days = new TreeSet<>(scheduled.keySet());
    accelerations.forEach(acceleration -> days.add(acceleration.date()));
    var tranches = new ArrayList<Tranche>(days.size());
    var onSchedule = 0L;
    var accelerated = 0L;
    var before = 0L;
    for (var day : days) {
      var due = scheduled.getOrDefault(day, Due.NOTHING);
      onSchedule += due.micros();
      for (var acceleration : accelerations) {
        if (acceleration.date().equals(day)) {
          long unvested = total.micros() - Math.min(total.micros(), onSchedule + accelerated);
          accelerated += micros(acceleration, unvested, schedule.allocation());
        }
      }
      // Capped at the total: what came early is missing at the end of the schedule.
      long upTo = Math.min(total.micros(), onSchedule + accelerated);
      tranches.add(
          new Tranche(day, due.installments(), new Quantity(upTo - before), new Quantity(upTo)));
      before = upTo;
    }
    return new VestTable(total, tranches);
  }

  /** Vested up to and including that day (convention K4). */
  public Quantity vested(LocalDate asOf) {
    return tranches.stream()
        .filter(tranche -> !tranche.date().isAfter(asOf))
        .reduce((earlier, later) -> later)
        .map(Tranche::cumulative)
        .orElse(Quantity.ZERO);
  }

  public Quantity unvested(LocalDate asOf) {
    return total.minus(vested(asOf));
  }

  /** The tranches whose day belongs to the window. */
  public List<Tranche> within(Window window) {
    return tranches.stream().filter(tranche -> window.holds(tranche.date())).toList();
  }

  /** The day the last of it vests. */
  public LocalDate end() {
    return tranches.stream()
        .filter(tranche -> tranche.quantity().micros() > 0)
        .reduce((earlier, later) -> later)
        .orElse(tranches.getLast())
        .date();
  }

  private record Due(int installments, long micros) {
    private static final Due NOTHING = new Due(0, 0);

    private Due plus(Due other) {
      return new Due(installments + other.installments, micros + other.micros);
    }
  }

  private static TreeMap<LocalDate, Due> scheduled(
      VestSchedule schedule, LocalDate grantDate, Quantity total) {
    var cumulative = schedule.cumulativeMicros(total);
    var due = new TreeMap<LocalDate, Due>();
    int first = schedule.firstVesting();
    int firstAfterGrant = first;
    while (firstAfterGrant <= schedule.installments()
        && schedule.date(firstAfterGrant).isBefore(grantDate)) {
      firstAfterGrant++;
    }
    for (int k = first; k <= schedule.installments(); k++) {
      var day =
          firstAfterGrant > schedule.installments()
              ? grantDate
              : schedule.date(Math.max(k, firstAfterGrant));
      var part =
          k == first ? new Due(k, cumulative[k]) : new Due(1, cumulative[k] - cumulative[k - 1]);
      due.merge(day, part, Due::plus);
    }
    return due;
  }

  private static long micros(Acceleration acceleration, long unvested, Allocation allocation) {
    return switch (acceleration) {
      case Acceleration.Fixed fixed -> Math.min(unvested, fixed.quantity().micros());
      case Acceleration.OfUnvested part -> {
        var exact = part.percent().fraction().multiply(Fractions.of(unvested, 1));
        long micros = exact.getNumerator().divide(exact.getDenominator()).longValueExact();
        yield micros - micros % allocation.stepMicros();
      }
    };
  }

  private static void check(
      VestSchedule schedule,
      LocalDate grantDate,
      Quantity total,
      List<Acceleration> accelerations) {
    var checks = new Checks();
    checks.present("schedule", schedule);
    checks.date("grantDate", grantDate);
    if (checks.present("total", total) && schedule != null) {
      checks.that(
          total.micros() >= 0 && total.micros() <= Quantity.whole(MAX_UNITS).micros(),
          "total",
          total,
          "0 to " + MAX_UNITS);
      checks.that(
          total.micros() % schedule.allocation().stepMicros() == 0,
          "total",
          total,
          "whole, unless the allocation is FRACTIONAL");
    }
    if (checks.atMost("accelerations", accelerations, MAX_ACCELERATIONS)) {
      for (int i = 0; i < accelerations.size(); i++) {
        var acceleration = accelerations.get(i);
        checks.that(
            grantDate == null || !acceleration.date().isBefore(grantDate),
            "accelerations[" + i + "].date",
            acceleration.date(),
            "on or after the grant date " + grantDate);
        if (schedule != null && acceleration instanceof Acceleration.Fixed(var day, var quantity)) {
          checks.that(
              quantity.micros() % schedule.allocation().stepMicros() == 0,
              "accelerations[" + i + "].quantity",
              quantity + " on " + day,
              "whole, unless the allocation is FRACTIONAL");
        }
      }
    }
    checks.orThrow();
  }
}
