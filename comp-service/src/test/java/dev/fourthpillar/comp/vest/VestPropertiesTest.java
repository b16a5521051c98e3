package dev.fourthpillar.comp.vest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The invariants of the vest engine, and its agreement with a dealer that hands out one by one. */
final class VestPropertiesTest {

  @Provide
  Arbitrary<Vesting.Case> cases() {
    return Vesting.cases(VestTable.MAX_UNITS);
  }

  @Provide
  Arbitrary<Vesting.Case> smallCases() {
    return Vesting.cases(3000);
  }

  @Provide
  Arbitrary<Accelerated> acceleratedCases() {
    return Vesting.cases(3000)
        .flatMap(
            given ->
                Vesting.accelerations(given.grantDate()).map(list -> new Accelerated(given, list)));
  }

  record Accelerated(Vesting.Case given, List<Acceleration> accelerations) {}

  @Property
  void tranchesSumToTheTotalAndNoneIsNegative(@ForAll("cases") Vesting.Case given) {
    assertSound(VestTable.of(given.schedule(), given.grantDate(), given.total()), given);
  }

  @Property
  void theCliffBringsWhatItAggregates(@ForAll("cases") Vesting.Case given) {
    var schedule = given.schedule();
    var cliff = VestTable.of(schedule, schedule.start(), given.total());
    var without =
        VestTable.of(
            new VestSchedule(
                schedule.start(),
                schedule.monthsApart(),
                schedule.installments(),
                0,
                schedule.allocation(),
                schedule.yearlyPercents()),
            schedule.start(),
            given.total());
    var first = cliff.tranches().getFirst();
    assertThat(first.cumulative()).isEqualTo(without.vested(first.date()));
    assertThat(cliff.tranches().subList(1, cliff.tranches().size()))
        .isEqualTo(without.tranches().subList(first.installments(), without.tranches().size()));
  }

  @Property
  void aDealerWhoHandsOutOneByOneAgreesOnEveryDay(@ForAll("smallCases") Vesting.Case given) {
    var table = VestTable.of(given.schedule(), given.grantDate(), given.total());
    assertThat(table.tranches().stream().map(t -> t.date() + " " + t.quantity().micros()))
        .containsExactlyElementsOf(
            Dealer.deal(given.schedule(), given.grantDate(), given.total().micros()));
  }

  @Property
  void accelerationOnlyBringsForwardAndNeverAboveTheTotal(
      @ForAll("acceleratedCases") Accelerated accelerated) {
    var given = accelerated.given();
    var plain = VestTable.of(given.schedule(), given.grantDate(), given.total());
    var early =
        VestTable.of(
            given.schedule(), given.grantDate(), given.total(), accelerated.accelerations());
    assertSound(early, given);
    for (var tranche : early.tranches()) {
      LocalDate day = tranche.date();
      assertThat(early.vested(day).micros()).isGreaterThanOrEqualTo(plain.vested(day).micros());
    }
  }

  private static void assertSound(VestTable table, Vesting.Case given) {
    long sum = 0;
    LocalDate before = given.grantDate().minusDays(1);
    for (var tranche : table.tranches()) {
      assertThat(tranche.quantity().micros()).isNotNegative();
      assertThat(tranche.date()).isAfter(before);
      sum += tranche.quantity().micros();
      assertThat(tranche.cumulative().micros()).isEqualTo(sum);
      before = tranche.date();
    }
    assertThat(sum).isEqualTo(given.total().micros());
    assertThat(table.vested(LocalDate.MAX)).isEqualTo(given.total());
  }
}
