package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.calculate.OfferTool.cents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.v1.StatementWarning;
import dev.fourthpillar.comp.v1.ValueTokensResponse;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A token budget alone, under its five lenses. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class TokenValuesTest {
  private static OfferTool tool;

  @BeforeAll
  static void start(TestDatabase database) {
    tool = OfferTool.start(database);
  }

  @AfterAll
  static void stop() {
    tool.close();
  }

  /** Worked case 3, without a package around it. */
  @Test
  void aToolPaidAsUsed() {
    ValueTokensResponse value =
        tool.tokens(
            """
            start_date { year: 2026 month: 1 day: 1 }
            tokens {
              amount { currency_code: 'USD' units: 100000 }
              treatment: TREATMENT_TOOL
              purchase { discount_percent { value: '40' } }
            }
            utilisation_percent { value: '70' }
            """);

    assertThat(cents(value.getLenses().getFace())).isEqualTo("100000.00");
    assertThat(cents(value.getLenses().getConsumed())).isEqualTo("70000.00");
    assertThat(cents(value.getLenses().getEmployerCost())).isEqualTo("42000.00");
    assertThat(cents(value.getLenses().getRealizable())).isEqualTo("0.00");
    assertThat(cents(value.getLenses().getPortable())).isEqualTo("0.00");
    assertThat(cents(value.getHeadlineInflation())).isEqualTo("58000.00");
    assertThat(value.getHeadlineInflationPercent().getValue().getValue()).isEqualTo("58.00");
  }

  /**
   * Half of 40,000 a month is 240,000 a year, in dollars at 10 per dollar 24,000. Of the 18,000
   * that are left, a quarter survives after one of four years.
   */
  @Test
  void aShareOfBaseThatVestsIntoPortability() {
    ValueTokensResponse value =
        tool.tokens(
            """
            start_date { year: 2026 month: 1 day: 1 }
            as_of_date { year: 2027 month: 1 day: 1 }
            base { amount { currency_code: 'SEK' units: 40000 } period: PAY_PERIOD_MONTH }
            currency_code: 'USD'
            rates {
              source_currency_code: 'USD'
              target_currency_code: 'SEK'
              rate { value: '10' }
              date { year: 2026 month: 1 day: 1 }
            }
            tokens {
              percent_of_base { value: '50' }
              treatment: TREATMENT_PAY
              portability {
                percent { value: '100' }
                schedule {
                  start_date { year: 2026 month: 1 day: 1 }
                  months_apart: 12
                  installments: 4
                  allocation: ALLOCATION_FRACTIONAL
                }
              }
            }
            consumed_amount { currency_code: 'USD' units: 6000 }
            """);

    assertThat(cents(value.getLenses().getFace())).isEqualTo("24000.00");
    assertThat(cents(value.getLenses().getUnspent())).isEqualTo("18000.00");
    assertThat(cents(value.getLenses().getPortable())).isEqualTo("4500.00");
    assertThat(value.getLenses().getRealizable().getReviewReason())
        .isEqualTo("the private share of use is unknown");
    assertThat(value.getWarningsList())
        .containsExactly(StatementWarning.STATEMENT_WARNING_NEEDS_REVIEW);
    assertThat(value.getSnapshotsList())
        .extracting(snapshot -> snapshot.getDescription())
        .containsExactly("USD to SEK 10 of 2026-01-01, given, divided by");
  }

  @Test
  void anUncappedBudgetHasNoFaceValueAndSaysSo() {
    ValueTokensResponse value =
        tool.tokens(
            """
            start_date { year: 2026 month: 1 day: 1 }
            currency_code: 'EUR'
            tokens { uncapped {} }
            consumed_amount { currency_code: 'EUR' units: 12 }
            """);

    assertThat(value.getLenses().getFace().getAbsentReason())
        .isEqualTo("an uncapped budget has no face value");
    assertThat(cents(value.getLenses().getConsumed())).isEqualTo("12.00");
    assertThat(value.getHeadlineInflation().getAbsentReason())
        .isEqualTo("an uncapped budget has no face value");
    assertThat(value.getHeadlineInflationPercent().getAbsentReason())
        .isEqualTo("an uncapped budget has no face value");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(refused("tokens { percent_of_base { value: '50' } }")).isEqualTo("base");
    assertThat(refused("tokens { uncapped {} }")).isEqualTo("currency_code");
    assertThat(refused("tokens { pooled {} }")).isEqualTo("currency_code");
  }

  private static String refused(String tokens) {
    return Refusal.of(() -> tool.tokens("start_date { year: 2026 month: 1 day: 1 } " + tokens))
        .violatedFields();
  }
}
