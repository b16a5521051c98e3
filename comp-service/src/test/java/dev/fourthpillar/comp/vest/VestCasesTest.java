package dev.fourthpillar.comp.vest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.calendar.OfferYears;
import dev.fourthpillar.comp.failure.Invalid;
import dev.fourthpillar.comp.money.Percent;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked cases of the vest engine, to the share. */
final class VestCasesTest {

  private static final LocalDate START = LocalDate.of(2025, 1, 1);

  @ParameterizedTest
  @CsvSource({
    "CUMULATIVE_ROUNDING, 5 4 5 4",
    "CUMULATIVE_ROUND_DOWN, 4 5 4 5",
    "FRONT_LOADED, 5 5 4 4",
    "BACK_LOADED, 4 4 5 5",
    "FRONT_LOADED_TO_SINGLE_TRANCHE, 6 4 4 4",
    "BACK_LOADED_TO_SINGLE_TRANCHE, 4 4 4 6",
    "FRACTIONAL, 4.5 4.5 4.5 4.5",
  })
  void case6_eighteenSharesInFour(Allocation allocation, String expected) {
    var schedule = new VestSchedule(START, 12, 4, 0, allocation, Optional.empty());
    assertThat(quantities(VestTable.of(schedule, START, Quantity.whole(18)))).isEqualTo(expected);
    // Equal percentages deal like no percentages.
    var percents = Optional.of(YearlyPercents.of("25", "25", "25", "25"));
    var same = new VestSchedule(START, 12, 4, 0, allocation, percents);
    assertThat(quantities(VestTable.of(same, START, Quantity.whole(18)))).isEqualTo(expected);
  }

  @Test
  void case7_cliffAggregatesAndDoesNotReallocate() {
    var table = VestTable.of(VestSchedule.monthly(START, 48, 12), START, Quantity.whole(1003));
    assertThat(table.vested(START.plusMonths(12).minusDays(1))).hasToString("0");
    assertThat(table.vested(START.plusMonths(12))).hasToString("250");
    var afterCliff = table.tranches().subList(1, 9).stream().map(t -> t.quantity().toString());
    assertThat(afterCliff).containsExactly("21", "21", "21", "21", "21", "21", "21", "20");
    var offer = new OfferYears(START);
    for (int year = 1; year <= 4; year++) {
      var inYear =
          table.within(offer.year(year)).stream()
              .map(Tranche::quantity)
              .reduce(Quantity.ZERO, Quantity::plus);
      assertThat(inYear).hasToString(year == 1 ? "250" : "251");
    }
  }

  @Test
  void case8_monthEndsComeFromTheOriginalStart() {
    var monthly = VestSchedule.monthly(LocalDate.of(2025, 1, 31), 3, 0);
    assertThat(dates(VestTable.of(monthly, monthly.start(), Quantity.whole(3))))
        .containsExactly("2025-02-28", "2025-03-31", "2025-04-30");
    var yearly =
        VestSchedule.yearly(LocalDate.of(2024, 2, 29), YearlyPercents.of("25", "25", "25", "25"));
    assertThat(dates(VestTable.of(yearly, yearly.start(), Quantity.whole(4))))
        .containsExactly("2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29");
  }

  @Test
  void case10_percentagesMustBeExactlyAHundred() {
    assertThatThrownBy(() -> YearlyPercents.of("33", "33", "33"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("99 % in total")
        .hasMessageContaining("exactly 100 %");
    assertThat(YearlyPercents.of("33.33", "33.33", "33.34").years()).isEqualTo(3);
  }

  @Test
  void backDatedStart_earlierInstallmentsFallOnTheFirstVestDateFromTheGrantOn() {
    var schedule = VestSchedule.monthly(START, 12, 0);
    var table = VestTable.of(schedule, LocalDate.of(2025, 4, 15), Quantity.whole(120));
    assertThat(table.tranches().getFirst())
        .isEqualTo(
            new Tranche(LocalDate.of(2025, 5, 1), 4, Quantity.whole(40), Quantity.whole(40)));
    var late = VestTable.of(schedule, LocalDate.of(2027, 4, 15), Quantity.whole(120));
    assertThat(dates(late)).containsExactly("2027-04-15");
    assertThat(late.vested(LocalDate.of(2027, 4, 15))).isEqualTo(Quantity.whole(120));
  }

  @Test
  void acceleration_comesEarlyAndIsMissingAtTheEnd() {
    var schedule = VestSchedule.monthly(START, 12, 0);
    var half = new Acceleration.OfUnvested(LocalDate.of(2025, 3, 15), Percent.of("50"));
    var table = VestTable.of(schedule, START, Quantity.whole(121), List.of(half));
    // 20 vested, 101 open: 50 come early, and the last installments shrink to what is left.
    assertThat(table.vested(LocalDate.of(2025, 3, 15))).hasToString("70");
    assertThat(table.vested(LocalDate.of(2025, 7, 1))).hasToString("110");
    assertThat(table.vested(LocalDate.of(2025, 8, 1))).hasToString("120");
    assertThat(table.vested(LocalDate.of(2025, 9, 1))).hasToString("121");
    assertThat(table.end()).isEqualTo(LocalDate.of(2025, 9, 1));
  }

  @Test
  void aBrokenScheduleNamesEveryFieldAtOnce() {
    assertThatThrownBy(
            () ->
                new VestSchedule(
                    LocalDate.of(1812, 1, 1), 0, 121, 122, Allocation.FRACTIONAL, Optional.empty()))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.violations())
                    .extracting("field")
                    .containsExactly("start", "monthsApart", "installments", "cliffInstallment"));
  }

  @Test
  void aFractionOfAShareNeedsTheFractionalAllocation() {
    assertThatThrownBy(
            () -> VestTable.of(VestSchedule.monthly(START, 12, 0), START, new Quantity(1)))
        .hasMessage("total: 0.000001 (expected: whole, unless the allocation is FRACTIONAL)");
  }

  private static String quantities(VestTable table) {
    return String.join(" ", table.tranches().stream().map(t -> t.quantity().toString()).toList());
  }

  private static List<String> dates(VestTable table) {
    return table.tranches().stream().map(t -> t.date().toString()).toList();
  }
}
