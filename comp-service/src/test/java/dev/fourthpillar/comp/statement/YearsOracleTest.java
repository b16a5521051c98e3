package dev.fourthpillar.comp.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.proration.Proration;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Calendar and tax years of random packages, against a count day by day. */
final class YearsOracleTest {

  @Provide
  Arbitrary<RandomPackages.Case> cases() {
    return RandomPackages.cases();
  }

  /** Slow on purpose, so each package is read with one method over at most three years. */
  @Property(tries = 400)
  void everyLineOfEveryYearAgrees(
      @ForAll("cases") RandomPackages.Case given,
      @ForAll Proration method,
      @ForAll @IntRange(min = 0, max = 3) int years,
      @ForAll @IntRange(min = 1, max = 12) int month,
      @ForAll @IntRange(min = 1, max = 28) int dayOfMonth) {
    boolean calendar = month == 1 && dayOfMonth == 1;
    var begins = MonthDay.of(month, dayOfMonth);
    var projected =
        YearProjection.of(
            new ProjectionInput(
                given.input(),
                calendar ? new YearKind.Calendar() : new YearKind.Tax(begins),
                method,
                years == 0 ? Optional.empty() : Optional.of(years)));

    var oracle = new Oracle(given.input());
    var pack = given.input().pack();
    var term = oracle.anniversary(pack.termYears());
    var yearFirst = begins.atYear(pack.start().getYear());
    while (yearFirst.isAfter(pack.start())) {
      yearFirst = yearFirst.minusYears(1);
    }
    int read = 0;
    for (var year : projected) {
      var yearLast = yearFirst.plusYears(1).minusDays(1);
      var first = yearFirst.isAfter(pack.start()) ? yearFirst : pack.start();
      var lastPay = years == 0 ? min(yearLast, term.minusDays(1)) : yearLast;
      var lastPoint = years == 0 ? min(yearLast, term) : yearLast;
      assertThat(year.first()).isEqualTo(first);
      assertThat(year.last()).isEqualTo(lastPoint);
      agrees(
          year,
          oracle.part(
              first, lastPay, lastPoint, new DayWeights(method, yearFirst, yearLast, first)));
      yearFirst = yearFirst.plusYears(1);
      read++;
    }
    if (years == 0) {
      assertThat(yearFirst).as("the year after the last one").isAfter(term);
    } else {
      assertThat(read).isEqualTo(years);
    }
  }

  /**
   * Σ over all years of what happens on a day is what happens in the term, wherever years begin.
   */
  @Property
  void whereverYearsBeginEachEventOfTheTermIsInOneOfThem(
      @ForAll("cases") RandomPackages.Case given,
      @ForAll @IntRange(min = 1, max = 12) int month,
      @ForAll @IntRange(min = 1, max = 28) int dayOfMonth) {
    var offer = sums(given.input(), new YearKind.Offer());
    var tax = sums(given.input(), new YearKind.Tax(MonthDay.of(month, dayOfMonth)));
    assertThat(tax.keySet()).isEqualTo(offer.keySet());
    tax.forEach(
        (id, sum) -> {
          if (id.startsWith("SIGN_ON")) {
            assertThat(sum).as(id).isEqualTo(offer.get(id));
          }
          if (id.startsWith("EQUITY")) {
            // Each year is rounded once, and there are at most two more of one kind than of the
            // other.
            var minorUnit = sum.amount().ulp();
            assertThat(sum.minus(offer.get(id)).amount().abs())
                .as(id)
                .isLessThanOrEqualTo(minorUnit.multiply(BigDecimal.valueOf(7)));
          }
        });
  }

  private static Map<String, Money> sums(StatementInput input, YearKind kind) {
    var sums = new LinkedHashMap<String, Money>();
    for (var year :
        YearProjection.of(
            new ProjectionInput(input, kind, Proration.CALENDAR_DAYS_ACTUAL, Optional.empty()))) {
      for (var line : year.view().lines()) {
        var name = line.id().replaceFirst("^(year|calendar|tax)\\.[0-9-]+\\.", "");
        sums.merge(name, line.amount(), Money::plus);
      }
    }
    return sums;
  }

  private static void agrees(ProjectedYear year, Oracle.View expected) {
    var lines = new LinkedHashMap<String, BigDecimal>();
    for (var line : year.view().lines()) {
      lines.put(line.id().replaceFirst("^(calendar|tax)\\.[0-9-]+\\.", ""), line.amount().amount());
    }
    var all = new LinkedHashMap<>(expected.lines());
    all.put("CLASSIC_TC", expected.classic());
    if (expected.lines().containsKey("TOKENS.FACE")) {
      all.put("HEADLINE_TC", expected.headline());
    }
    assertThat(lines).as(year.first() + " to " + year.last()).isEqualTo(all);
  }

  private static LocalDate min(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }
}
