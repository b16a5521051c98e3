package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.calculate.OfferTool.cents;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.fourthpillar.comp.v1.PaySegment;
import dev.fourthpillar.comp.v1.ProjectedYear;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A package over offer, calendar and tax years; worked case 12 is a part of a calendar year. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class ProjectedYearsTest {
  private static OfferTool tool;

  @BeforeAll
  static void start(TestDatabase database) {
    tool = OfferTool.start(database);
  }

  @AfterAll
  static void stop() {
    tool.close();
  }

  @ParameterizedTest
  @CsvSource({
    "UNSPECIFIED, 116400.00",
    "CALENDAR_DAYS_ACTUAL, 116400.00",
    "MONTHLY_CALENDAR, 115779.57",
    "THIRTY_360, 115583.33",
    "WORKING_DAYS, 116911.88",
    "FIXED_260, 117361.54",
  })
  void case12_midYearJoin(String method, String expected) {
    ProjectedYear first =
        tool.years(
                """
                package {
                  start_date { year: 2026 month: 3 day: 16 }
                  base { amount { currency_code: 'USD' units: 146000 } }
                }
                year_kind: YEAR_KIND_CALENDAR
                proration: PRORATION_METHOD_%s
                """
                    .formatted(method))
            .getFirst();

    assertThat(first.getFirstDate()).isEqualTo(day(2026, 3, 16));
    assertThat(first.getLastDate()).isEqualTo(day(2026, 12, 31));
    assertThat(cents(first.getView().getBase())).isEqualTo(expected);
  }

  /**
   * 100,000 from 1 July 2026, 110,000 a year later, two years. 184 of 365 days: 50,410.96. Then 181
   * of 365 at 100,000 and 184 at 110,000: 49,589.04 + 55,452.05. Then, until the term ends, 182 of
   * 366 at 110,000: 54,699.45.
   */
  @Test
  void aRaiseIsASegmentOfItsOwnAndTheSumIsOfRoundedSegments() {
    List<ProjectedYear> years = tool.years(RAISE + "year_kind: YEAR_KIND_CALENDAR");

    assertThat(years)
        .extracting(year -> cents(year.getView().getBase()))
        .containsExactly("50410.96", "105041.09", "54699.45");
    assertThat(years.get(1).getSegmentsList())
        .extracting(segment -> segment.getLine().getLineId() + " " + cents(segment.getLine()))
        .containsExactly(
            "calendar.2027.SEGMENT.BASE.1 49589.04", "calendar.2027.SEGMENT.BASE.2 55452.05");
    PaySegment raised = years.get(1).getSegments(1);
    assertThat(raised.getFirstDate()).isEqualTo(day(2027, 7, 1));
    assertThat(raised.getLastDate()).isEqualTo(day(2027, 12, 31));
    assertThat(cents(raised.getAmountPerYear())).isEqualTo("110000.00");
  }

  /**
   * 50 shares at 10 on each anniversary, 1 July 2027 and 2028. By offer year the one of 2027 is
   * year one's (K2); by calendar year each belongs to its date, the one on the last day of the term
   * too.
   */
  @Test
  void eachVestBelongsToTheYearOfItsDate() {
    assertThat(tool.years(RAISE))
        .extracting(year -> cents(year.getView().getEquity(0)))
        .containsExactly("500.00", "500.00");
    assertThat(tool.years(RAISE + "year_kind: YEAR_KIND_CALENDAR"))
        .extracting(year -> cents(year.getView().getEquity(0)))
        .containsExactly("0.00", "500.00", "500.00");
  }

  @Test
  void offerYearsAreThoseOfTheStatement() {
    var statement = tool.calculate(RAISE);
    List<ProjectedYear> years = tool.years(RAISE);

    assertThat(years)
        .extracting(ProjectedYear::getView)
        .containsExactlyElementsOf(statement.getYearsList());
    assertThat(tool.years(RAISE + "years: 3"))
        .extracting(year -> cents(year.getView().getBase()))
        .as("beyond the term the raise goes on: 100,000, 110,000, 121,000")
        .containsExactly("100000.00", "110000.00", "121000.00");
  }

  /** 1 July 2026 to 5 April 2027 is 279 days of 365: 36,500 × 279 / 365. */
  @Test
  void aTaxYearBeginsWhereItIsSaidTo() {
    ProjectedYear first =
        tool.years(
                """
                package {
                  start_date { year: 2026 month: 7 day: 1 }
                  base { amount { currency_code: 'GBP' units: 36500 } }
                }
                year_kind: YEAR_KIND_TAX
                tax_year_month: 4
                tax_year_day: 6
                years: 1
                """)
            .getFirst();

    assertThat(first.getLastDate()).isEqualTo(day(2027, 4, 5));
    assertThat(cents(first.getView().getBase())).isEqualTo("27900.00");
    assertThat(first.getSegments(0).getLine().getLineId())
        .isEqualTo("tax.2026-04-06.SEGMENT.BASE.1");
  }

  @Test
  void aTaxYearWithoutItsDayAndADayWithoutATaxYear() {
    assertThat(refused(RAISE + "year_kind: YEAR_KIND_TAX")).isEqualTo("tax_year_month");
    assertThat(refused(RAISE + "tax_year_month: 4 tax_year_day: 6"))
        .isEqualTo("tax_year_day, tax_year_month");
    assertThat(refused(RAISE + "years: 21")).isEqualTo("years");
    assertThat(refused(RAISE.replace("2026", "2145") + "years: 4")).isEqualTo("years");
  }

  private static final String RAISE =
      """
      package {
        start_date { year: 2026 month: 7 day: 1 }
        term_years: 2
        base {
          amount { currency_code: 'USD' units: 100000 }
          growth_percent { value: '10' }
        }
        equity {
          id: 'rsu'
          shares: 100
          price {
            amount { currency_code: 'USD' units: 10 }
            date { year: 2026 month: 7 day: 1 }
          }
          grant_date { year: 2026 month: 7 day: 1 }
          schedule {
            start_date { year: 2026 month: 7 day: 1 }
            months_apart: 12
            installments: 2
          }
        }
      }
      """;

  private static String refused(String request) {
    return Refusal.of(() -> tool.years(request)).violatedFields();
  }

  private static Date day(int year, int month, int day) {
    return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
  }
}
