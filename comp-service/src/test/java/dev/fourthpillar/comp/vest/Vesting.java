package dev.fourthpillar.comp.vest;

import dev.fourthpillar.comp.money.Percent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random schedules, as broad as the rules allow. */
final class Vesting {

  /** A schedule, a grant date before or after its start, and a total it can deal. */
  record Case(VestSchedule schedule, LocalDate grantDate, Quantity total) {}

  private Vesting() {}

  static Arbitrary<LocalDate> dates() {
    var any =
        Arbitraries.longs()
            .between(LocalDate.of(2015, 1, 1).toEpochDay(), LocalDate.of(2032, 12, 31).toEpochDay())
            .map(LocalDate::ofEpochDay);
    return Arbitraries.oneOf(any, any.map(date -> date.withDayOfMonth(date.lengthOfMonth())));
  }

  static Arbitrary<YearlyPercents> yearlyPercents() {
    // Cuts of the hundred: the pieces between them sum to exactly 100, zero years included.
    return Arbitraries.integers()
        .between(0, 10_000)
        .list()
        .ofMaxSize(5)
        .map(
            cuts -> {
              var sorted = new ArrayList<>(cuts);
              sorted.add(0);
              sorted.add(10_000);
              sorted.sort(null);
              var percents = new ArrayList<Percent>();
              for (int i = 1; i < sorted.size(); i++) {
                percents.add(new Percent(BigDecimal.valueOf(sorted.get(i) - sorted.get(i - 1), 2)));
              }
              return new YearlyPercents(percents);
            });
  }

  static Arbitrary<VestSchedule> schedules() {
    var even =
        Combinators.combine(
                dates(),
                Arbitraries.integers().between(1, 12),
                Arbitraries.integers().between(1, VestSchedule.MAX_INSTALLMENTS),
                Arbitraries.integers().between(0, VestSchedule.MAX_INSTALLMENTS),
                Arbitraries.of(Allocation.class))
            .as(
                (start, apart, n, cliff, allocation) ->
                    new VestSchedule(
                        start, apart, n, Math.min(cliff, n), allocation, Optional.empty()));
    var uneven =
        Combinators.combine(
                dates(),
                Arbitraries.of(1, 2, 3, 4, 6, 12),
                yearlyPercents(),
                Arbitraries.integers().between(0, 24),
                Arbitraries.of(Allocation.class))
            .as(
                (start, apart, percents, cliff, allocation) -> {
                  int n = percents.years() * 12 / apart;
                  return new VestSchedule(
                      start, apart, n, Math.min(cliff, n), allocation, Optional.of(percents));
                });
    return Arbitraries.oneOf(even, uneven);
  }

  static Arbitrary<Case> cases(long maxUnits) {
    return Combinators.combine(
            schedules(),
            Arbitraries.integers().between(-1000, 3000),
            Arbitraries.oneOf(
                Arbitraries.longs().between(0, 300), Arbitraries.longs().between(0, maxUnits)))
        .as(
            (schedule, days, units) ->
                new Case(schedule, schedule.start().plusDays(days), Quantity.whole(units)));
  }

  static Arbitrary<List<Acceleration>> accelerations(LocalDate grantDate) {
    var date = Arbitraries.integers().between(0, 2000).map(grantDate::plusDays);
    var fixed =
        Combinators.combine(date, Arbitraries.longs().between(0, 2000))
            .as((day, units) -> (Acceleration) new Acceleration.Fixed(day, Quantity.whole(units)));
    var part =
        Combinators.combine(date, Arbitraries.integers().between(0, 10_000))
            .as(
                (day, hundredths) ->
                    (Acceleration)
                        new Acceleration.OfUnvested(
                            day, new Percent(BigDecimal.valueOf(hundredths, 2))));
    return Arbitraries.oneOf(fixed, part).list().ofMaxSize(4);
  }
}
