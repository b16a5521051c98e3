package dev.fourthpillar.comp.calculate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.fourthpillar.comp.v1.Allocation;
import dev.fourthpillar.comp.v1.VestTranche;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.Status.Code;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked cases 6, 7, 8 and 10 through the API: what vests when. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class VestingCasesTest {
  private static OfferTool tool;

  @BeforeAll
  static void start(TestDatabase database) {
    tool = OfferTool.start(database);
  }

  @AfterAll
  static void stop() {
    tool.close();
  }

  /** Each type in the example's order; the default is CUMULATIVE_ROUND_DOWN. */
  @ParameterizedTest
  @CsvSource({
    "ALLOCATION_CUMULATIVE_ROUNDING, 5-4-5-4",
    "ALLOCATION_CUMULATIVE_ROUND_DOWN, 4-5-4-5",
    "ALLOCATION_UNSPECIFIED, 4-5-4-5",
    "ALLOCATION_FRONT_LOADED, 5-5-4-4",
    "ALLOCATION_BACK_LOADED, 4-4-5-5",
    "ALLOCATION_FRONT_LOADED_TO_SINGLE_TRANCHE, 6-4-4-4",
    "ALLOCATION_BACK_LOADED_TO_SINGLE_TRANCHE, 4-4-4-6",
    "ALLOCATION_FRACTIONAL, 4.5-4.5-4.5-4.5",
  })
  void case6_eighteenSharesInFour(Allocation allocation, String expected) {
    List<VestTranche> tranches =
        tool.vest(
            """
            units: 18
            schedule {
              start_date { year: 2026 month: 1 day: 1 }
              months_apart: 12
              installments: 4
              allocation: %s
            }
            """
                .formatted(allocation));

    assertThat(String.join("-", units(tranches))).isEqualTo(expected);
    assertThat(tranches.getLast().getCumulativeUnits().getValue()).isEqualTo("18");
  }

  @Test
  void case7_monthlyWithACliff() {
    List<VestTranche> tranches =
        tool.vest(
            """
            units: 1003
            schedule {
              start_date { year: 2024 month: 1 day: 15 }
              months_apart: 1
              installments: 48
              cliff_installment: 12
            }
            """);

    assertThat(tranches).as("nothing before month 12").hasSize(37);
    assertThat(tranches.getFirst().getDate()).isEqualTo(day(2025, 1, 15));
    assertThat(tranches.getFirst().getInstallments()).isEqualTo(12);
    assertThat(units(tranches).subList(0, 9))
        .as("month 12, 13 to 16, …, 20")
        .startsWith("250", "21", "21", "21", "21")
        .endsWith("20");
    assertThat(
            List.of(0, 12, 24, 36).stream()
                .map(last -> tranches.get(last).getCumulativeUnits().getValue()))
        .as("after each year: 250, + 251, + 251, + 251")
        .containsExactly("250", "501", "752", "1003");
  }

  @Test
  void case8_monthEnds() {
    assertThat(
            dates(
                tool.vest(
                    """
                    units: 3
                    schedule {
                      start_date { year: 2025 month: 1 day: 31 }
                      months_apart: 1
                      installments: 3
                    }
                    """)))
        .containsExactly(day(2025, 2, 28), day(2025, 3, 31), day(2025, 4, 30));
    assertThat(
            dates(
                tool.vest(
                    """
                    units: 4
                    schedule {
                      start_date { year: 2024 month: 2 day: 29 }
                      months_apart: 12
                      installments: 4
                    }
                    """)))
        .containsExactly(day(2025, 2, 28), day(2026, 2, 28), day(2027, 2, 28), day(2028, 2, 29));
  }

  @Test
  void case10_percentagesSumToExactlyAHundred() {
    String schedule =
        """
        units: 300
        schedule {
          start_date { year: 2026 month: 1 day: 1 }
          months_apart: 12
          installments: 3
          yearly_percents { value: '%s' }
          yearly_percents { value: '%s' }
          yearly_percents { value: '%s' }
        }
        """;

    Refusal refusal = Refusal.of(() -> tool.vest(schedule.formatted("33", "33", "33")));
    assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refusal.violatedFields()).isEqualTo("schedule.yearly_percents");
    // 300 × 33.33 % is 99.99, and 99; up to year two 199.98, and 199; the rest is the last year's.
    assertThat(units(tool.vest(schedule.formatted("33.33", "33.33", "33.34"))))
        .containsExactly("99", "100", "101");
  }

  private static List<String> units(List<VestTranche> tranches) {
    return tranches.stream().map(tranche -> tranche.getUnits().getValue()).toList();
  }

  private static List<Date> dates(List<VestTranche> tranches) {
    return tranches.stream().map(VestTranche::getDate).toList();
  }

  private static Date day(int year, int month, int day) {
    return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
  }
}
