package dev.fourthpillar.comp.proration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.failure.Invalid;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Split;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of a year: the worked case, the edges of each method, and a count day by day. */
final class ProrationTest {

  @ParameterizedTest
  @CsvSource({
    "CALENDAR_DAYS_ACTUAL, 116400.00",
    "MONTHLY_CALENDAR, 115779.57",
    "THIRTY_360, 115583.33",
    "WORKING_DAYS, 116911.88",
    "FIXED_260, 117361.54",
  })
  void case12_midYearJoin(Proration method, String expected) {
    var base = new AnnualAmount(LocalDate.of(2026, 3, 16), usd("146000"));
    var earned =
        Segments.of(
            "base.2026",
            method,
            List.of(base),
            LocalDate.of(2026, 3, 16),
            LocalDate.of(2026, 12, 31));
    assertThat(earned.total().amount()).isEqualTo(usd(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-01, 2026-02-28, 30", // reaches the end of February
    "2024-02-01, 2024-02-28, 28", // does not, in a leap year
    "2024-02-01, 2024-02-29, 30",
    "2026-01-01, 2026-01-31, 30",
    "2026-01-31, 2026-01-31, 1",
    "2026-01-31, 2026-02-28, 31",
    "2026-01-01, 2026-12-31, 360",
  })
  void thirty360(LocalDate from, LocalDate to, long days) {
    assertThat(Proration.THIRTY_360.part(from, to)).isEqualTo(BigFraction.of((int) days, 360));
  }

  @Test
  void fixed260IsCappedAtTheFullAmount() {
    // 2026 has 261 weekdays.
    assertThat(Proration.FIXED_260.part(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)))
        .isEqualTo(BigFraction.ONE);
  }

  @Test
  void aRaisePrintsOneSegmentEachAndTheTotalFoots() {
    var earned =
        Segments.of(
            "base.2026",
            Proration.CALENDAR_DAYS_ACTUAL,
            List.of(
                new AnnualAmount(LocalDate.of(2026, 7, 1), usd("110000")),
                new AnnualAmount(LocalDate.of(2025, 1, 1), usd("100000"))),
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 12, 31));
    assertThat(earned.segments())
        .extracting(s -> s.line().amount().toString())
        .containsExactly("49589.04 USD", "55452.05 USD");
    assertThat(earned.total().amount()).isEqualTo(usd("105041.09"));
  }

  @Test
  void aRaiseOnA31stPaysNoDayTwice() {
    var same =
        List.of(
            new AnnualAmount(LocalDate.of(2026, 1, 1), usd("36000")),
            new AnnualAmount(LocalDate.of(2026, 3, 31), usd("36000")));
    var earned =
        Segments.of(
            "base.2026",
            Proration.THIRTY_360,
            same,
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 12, 31));
    assertThat(earned.total().amount()).isEqualTo(usd("36000.00"));
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                Segments.of(
                    "x",
                    Proration.THIRTY_360,
                    List.of(
                        new AnnualAmount(LocalDate.of(2026, 7, 1), usd("1")),
                        new AnnualAmount(LocalDate.of(2026, 7, 1), Money.of("1", "EUR"))),
                    LocalDate.of(2026, 2, 1),
                    LocalDate.of(2027, 1, 1)))
        .isInstanceOfSatisfying(
            Invalid.class, invalid -> assertThat(invalid.violations()).hasSize(4));
  }

  @Property
  void aCountDayByDayAgrees(
      @ForAll @IntRange(min = 2000, max = 2060) int year,
      @ForAll @IntRange(min = 1, max = 365) int a,
      @ForAll @IntRange(min = 1, max = 365) int b) {
    var from = LocalDate.ofYearDay(year, Math.min(a, b));
    var to = LocalDate.ofYearDay(year, Math.max(a, b));
    var calendar = BigFraction.ZERO;
    var monthly = BigFraction.ZERO;
    int weekdays = 0;
    int weekdaysOfYear = 0;
    for (var day = from.withDayOfYear(1); day.getYear() == year; day = day.plusDays(1)) {
      boolean weekday =
          day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
      weekdaysOfYear += weekday ? 1 : 0;
      if (!day.isBefore(from) && !day.isAfter(to)) {
        weekdays += weekday ? 1 : 0;
        calendar = calendar.add(BigFraction.of(1, day.lengthOfYear()));
        monthly = monthly.add(BigFraction.of(1, 12 * day.lengthOfMonth()));
      }
    }
    assertThat(Proration.CALENDAR_DAYS_ACTUAL.part(from, to)).isEqualTo(calendar);
    assertThat(Proration.MONTHLY_CALENDAR.part(from, to)).isEqualTo(monthly);
    assertThat(Proration.WORKING_DAYS.part(from, to))
        .isEqualTo(BigFraction.of(weekdays, weekdaysOfYear));
    assertThat(Proration.FIXED_260.part(from, to))
        .isEqualTo(BigFraction.of(Math.min(260, weekdays), 260));
  }

  @Property
  void cuttingAPeriodInTwoChangesTheSumByLessThanAMinorUnit(
      @ForAll Proration method,
      @ForAll @IntRange(min = 1, max = 363) int first,
      @ForAll @LongRange(max = 100_000_000) long cents) {
    var amount = new Money(BigDecimal.valueOf(cents, 2), usd("0").currency());
    var from = LocalDate.ofYearDay(2026, first);
    var raise = from.plusDays((365L - first) / 2 + 1);
    var to = LocalDate.of(2026, 12, 31);
    var one = List.of(new AnnualAmount(from, amount));
    var two = List.of(new AnnualAmount(from, amount), new AnnualAmount(raise, amount));
    var whole = Segments.of("x", method, one, from, to).total().amount();
    var parts = Segments.of("x", method, two, from, to).total().amount();
    assertThat(parts.minus(whole).amount().abs()).isLessThanOrEqualTo(new BigDecimal("0.01"));
  }

  @Property
  void splitsSumToTheWhole(
      @ForAll @LongRange(min = -1_000_000_000L, max = 1_000_000_000L) long cents,
      @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 0, max = 400) Long> weights) {
    Assume.that(weights.stream().anyMatch(weight -> weight > 0));
    var whole = new Money(BigDecimal.valueOf(cents, 2), usd("0").currency());
    var parts = Split.byWeights(whole, weights);
    assertThat(parts.stream().reduce(usd("0"), Money::plus)).isEqualTo(whole);
    assertThat(parts).hasSameSizeAs(weights);
  }

  @Property
  void monthlySplitsSumToTheYearAndDifferByAtMostAMinorUnit(
      @ForAll @LongRange(max = 1_000_000_000L) long cents,
      @ForAll @IntRange(min = 1, max = 366) int parts) {
    var whole = new Money(BigDecimal.valueOf(cents, 2), usd("0").currency());
    var split = Split.evenly(whole, parts);
    assertThat(split.stream().reduce(usd("0"), Money::plus)).isEqualTo(whole);
    var amounts = split.stream().map(Money::amount).sorted().toList();
    assertThat(amounts.getLast().subtract(amounts.getFirst()))
        .isLessThanOrEqualTo(new BigDecimal("0.01"));
  }

  private static Money usd(String amount) {
    return Money.of(amount, "USD");
  }
}
