package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.calculate.OfferTool.cents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Worked cases 1 to 3 through the API: what tokens do to a package, under five lenses. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class TokenCasesTest {
  private static OfferTool tool;

  @BeforeAll
  static void start(TestDatabase database) {
    tool = OfferTool.start(database);
  }

  @AfterAll
  static void stop() {
    tool.close();
  }

  @Test
  void case1_theFourthComponent() {
    Statement statement =
        tool.calculate(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'USD' units: 375000 } }
              tokens { amount { currency_code: 'USD' units: 100000 } }
            }
            """);

    assertThat(cents(statement.getAnnualised().getHeadlineTc())).isEqualTo("475000.00");
    assertThat(cents(statement.getAnnualised().getClassicTc())).isEqualTo("375000.00");
    assertThat(statement.getAnnualised().getHeadlineLabel())
        .isEqualTo("incl. compute at face value, not pay you keep");
    assertThat(statement.getMetrics().getTokenSharePercent().getValue().getValue())
        .isEqualTo("21.05");
    assertThat(statement.getMetrics().getTokenRatioPercent().getValue().getValue())
        .isEqualTo("26.67");
    assertThat(statement.getLenses().getConsumed().getAbsentReason())
        .as("nothing was said of consumption, which is not a consumption of 0")
        .isEqualTo("consumption is neither metered nor assumed");
  }

  @Test
  void case2_halfOfBase() {
    Statement statement =
        tool.calculate(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'USD' units: 500000 } }
              tokens {
                percent_of_base { value: '50' }
                expected_consumption { currency_code: 'USD' units: 250000 }
              }
            }
            consumed_amount { currency_code: 'USD' units: 5000 }
            """);

    assertThat(cents(statement.getLenses().getFace())).isEqualTo("250000.00");
    assertThat(cents(statement.getAnnualised().getHeadlineTc())).isEqualTo("750000.00");
    var metrics = statement.getMetrics();
    assertThat(metrics.getTokenRatioPercent().getValue().getValue()).isEqualTo("50.00");
    assertThat(metrics.getTokenSharePercent().getValue().getValue()).isEqualTo("33.33");
    assertThat(metrics.getOutputMultiplierAtFace().getValue().getValue()).isEqualTo("1.5000");
    assertThat(metrics.getConsumedRatioPercent().getValue().getValue()).isEqualTo("1.00");
    assertThat(cents(metrics.getExpectedConsumption())).isEqualTo("250000.00");
    assertThat(cents(metrics.getShortfall())).isEqualTo("245000.00");
  }

  @Test
  void case3_fiveLensesPaidAsUsed() {
    Statement statement =
        tool.calculate(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'USD' units: 375000 } }
              tokens {
                amount { currency_code: 'USD' units: 100000 }
                treatment: TREATMENT_TOOL
                purchase { discount_percent { value: '40' } }
              }
            }
            utilisation_percent { value: '70' }
            """);

    var lenses = statement.getLenses();
    assertThat(cents(lenses.getFace())).isEqualTo("100000.00");
    assertThat(cents(lenses.getConsumed())).isEqualTo("70000.00");
    assertThat(cents(lenses.getEmployerCost())).isEqualTo("42000.00");
    assertThat(cents(lenses.getRealizable())).isEqualTo("0.00");
    assertThat(cents(lenses.getPortable())).isEqualTo("0.00");
    assertThat(cents(statement.getMetrics().getHeadlineInflation())).isEqualTo("58000.00");
    assertThat(statement.getMetrics().getHeadlineInflationPercent().getValue().getValue())
        .isEqualTo("58.00");
  }
}
