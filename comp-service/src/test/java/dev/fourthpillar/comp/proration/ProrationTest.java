package dev.fourthpillar.comp.proration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.failure.Invalid;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.line.Printer;
import dev.fourthpillar.comp.money.Money;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts of a year: the worked case, the edges of each method, and a count day by day. */
final class ProrationTest {
  private static final Printer DOLLARS =
      new Printer(Currency.getInstance("USD"), LocalDate.of(2026, 12, 31), FxTable.NONE);
  private static final Segments.Name BASE = new Segments.Name("calendar.2026", "BASE");

  @ParameterizedTest
  @CsvSource({
    "CALENDAR_DAYS_ACTUAL, 116400.00",
    "MONTHLY_CALENDAR, 115779.57",
    "THIRTY_360, 115583.33",
    "WORKING_DAYS, 116911.88",
    "FIXED_260, 117361.54",
  })
  void case12_midYearJoin(Proration method, String expected) {
    var base = AnnualAmount.of(LocalDate.of(2026, 3, 16), usd("146000"));
    var earned =
        Segments.of(
            DOLLARS,
            BASE,
            method,
            List.of(base),
            Segments.Period.of(LocalDate.of(2026, 3, 16), LocalDate.of(2026, 12, 31)));
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

  /** 6 April to 5 April, of which 2027/28 has the 29th of February: 366 days, 262 weekdays. */
  @ParameterizedTest
  @CsvSource({
    "CALENDAR_DAYS_ACTUAL, 1/366",
    "MONTHLY_CALENDAR, 1/348", // a twelfth of one of the 29 days of February
    "THIRTY_360, 2/360", // the 29th is the last of February, and counts to 30
    "WORKING_DAYS, 1/262",
    "FIXED_260, 1/260",
  })
  void aDayOfATaxYearIsAPartOfThatYear(Proration method, String expected) {
    var leapDay = LocalDate.of(2028, 2, 29);
    var year = PayYear.of(MonthDay.of(4, 6), leapDay);
    assertThat(year.first()).isEqualTo("2027-04-06");
    assertThat(year.last()).isEqualTo("2028-04-05");
    assertThat(method.part(leapDay, leapDay, year)).isEqualTo(BigFraction.parse(expected));
  }

  @ParameterizedTest
  @EnumSource
  void aWholeTaxYearIsAWholeYear(Proration method) {
    var year = PayYear.of(MonthDay.of(4, 6), LocalDate.of(2026, 4, 5));
    assertThat(method.part(year.first(), year.last(), year)).isEqualTo(BigFraction.ONE);
  }

  @Test
  void aRaisePrintsOneSegmentEachAndTheTotalFoots() {
    var earned =
        Segments.of(
            DOLLARS,
            BASE,
            Proration.CALENDAR_DAYS_ACTUAL,
            List.of(
                AnnualAmount.of(LocalDate.of(2026, 7, 1), usd("110000")),
                AnnualAmount.of(LocalDate.of(2025, 1, 1), usd("100000"))),
            Segments.Period.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)));
    assertThat(earned.segments())
        .extracting(s -> s.line().amount().toString())
        .containsExactly("49589.04 USD", "55452.05 USD");
    assertThat(earned.total().amount()).isEqualTo(usd("105041.09"));
  }

  @Test
  void aRaiseOnA31stPaysNoDayTwice() {
    var same =
        List.of(
            AnnualAmount.of(LocalDate.of(2026, 1, 1), usd("36000")),
            AnnualAmount.of(LocalDate.of(2026, 3, 31), usd("36000")));
    var earned =
        Segments.of(
            DOLLARS,
            BASE,
            Proration.THIRTY_360,
            same,
            Segments.Period.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)));
    assertThat(earned.total().amount()).isEqualTo(usd("36000.00"));
  }

  @Test
  void everyMistakeIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                Segments.of(
                    DOLLARS,
                    BASE,
                    Proration.THIRTY_360,
                    List.of(
                        AnnualAmount.of(LocalDate.of(2026, 7, 1), usd("1")),
                        AnnualAmount.of(LocalDate.of(2026, 7, 1), usd("2"))),
                    Segments.Period.of(LocalDate.of(2026, 2, 1), LocalDate.of(2027, 1, 1))))
        .isInstanceOfSatisfying(
            Invalid.class, invalid -> assertThat(invalid.violations()).hasSize(3));
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
    var one = List.of(AnnualAmount.of(from, amount));
    var two = List.of(AnnualAmount.of(from, amount), AnnualAmount.of(raise, amount));
    var whole =
        Segments.of(DOLLARS, BASE, method, one, Segments.Period.of(from, to)).total().amount();
    var parts =
        Segments.of(DOLLARS, BASE, method, two, Segments.Period.of(from, to)).total().amount();
    assertThat(parts.minus(whole).amount().abs()).isLessThanOrEqualTo(new BigDecimal("0.01"));
  }

  private static Money usd(String amount) {
    return Money.of(amount, "USD");
  }
}
