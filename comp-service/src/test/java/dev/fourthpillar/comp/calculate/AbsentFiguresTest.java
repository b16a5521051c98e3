package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.calculate.OfferTool.cents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.RatioFigure;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.comp.v1.TokenMetrics;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not defined or not known is absent with its reason, and never a zero. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class AbsentFiguresTest {
  private static final String UNCAPPED = "an uncapped budget has no face value";
  private static final String UNUSED = "consumption is neither metered nor assumed";
  private static final String OF_NOTHING = "the whole it would relate to is zero";

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
  void withoutAFaceValueNothingThatRelatesToItIsDefined() {
    Statement statement = offer("tokens { uncapped {} }", USED);
    TokenMetrics metrics = statement.getMetrics();

    assertThat(
            List.of(
                statement.getLenses().getFace(),
                statement.getAnnualised().getTokensAtFace(),
                statement.getAnnualised().getHeadlineTc(),
                metrics.getHeadlineInflation()))
        .extracting(Figure::getAbsentReason)
        .containsOnly(UNCAPPED);
    assertThat(
            List.of(
                statement.getYears(0).getTokenSharePercent(),
                metrics.getTokenSharePercent(),
                metrics.getTokenRatioPercent(),
                metrics.getOutputMultiplierAtFace(),
                metrics.getHeadlineInflationPercent(),
                metrics.getHonestyGapPercent()))
        .extracting(RatioFigure::getAbsentReason)
        .containsOnly(UNCAPPED);
    assertThat(cents(statement.getLenses().getConsumed())).isEqualTo("10.00");
    assertThat(cents(statement.getAnnualised().getClassicTc())).isEqualTo("100.00");
  }

  @Test
  void withoutConsumptionNothingThatRelatesToItIsKnown() {
    Statement statement = offer("tokens { amount { currency_code: 'USD' units: 50 } }", "");
    TokenMetrics metrics = statement.getMetrics();

    assertThat(
            List.of(
                statement.getLenses().getConsumed(),
                statement.getLenses().getOverage(),
                statement.getLenses().getUnspent(),
                statement.getLenses().getEmployerCost(),
                statement.getLenses().getEmployerFunded(),
                metrics.getHeadlineInflation()))
        .extracting(Figure::getAbsentReason)
        .containsOnly(UNUSED);
    assertThat(
            List.of(
                metrics.getConsumedRatioPercent(),
                metrics.getOutputMultiplierAtEmployerCost(),
                metrics.getHeadlineInflationPercent()))
        .extracting(RatioFigure::getAbsentReason)
        .containsOnly(UNUSED);
    assertThat(metrics.getTokenRatioPercent().getValue().getValue()).isEqualTo("50.00");
  }

  @Test
  void aBudgetOfNothingHasNoPercentageOfItself() {
    Statement statement =
        offer(
            "tokens { amount { currency_code: 'USD' } }",
            "consumed_amount { currency_code: 'USD' }");

    assertThat(statement.getMetrics().getHeadlineInflationPercent().getAbsentReason())
        .isEqualTo(OF_NOTHING);
    assertThat(statement.getMetrics().getTokenSharePercent().getValue().getValue())
        .as("of everything it is no part, which is a number")
        .isEqualTo("0.00");
    assertThat(cents(statement.getMetrics().getHeadlineInflation())).isEqualTo("0.00");
  }

  @Test
  void withoutTokensTheirFiguresAreZeroByRule() {
    Statement statement = offer("", "");

    assertThat(statement.hasLenses()).isFalse();
    assertThat(cents(statement.getAnnualised().getTokensAtFace())).isEqualTo("0.00");
    assertThat(statement.getAnnualised().getTokensAtFace().getLine().getFormula())
        .isEqualTo("0, no token budget");
    assertThat(statement.getMetrics().getTokenRatioPercent().getValue().getValue())
        .isEqualTo("0.00");
  }

  @Test
  void whatWasNotStatedIsSaidToBeSo() {
    Statement statement =
        offer(
            """
            tokens {
              amount { currency_code: 'USD' units: 50 }
              treatment: TREATMENT_MIXED
              portability { percent { value: '50' } }
            }
            """,
            USED);

    assertThat(statement.getMetrics().getHandcuffCost().getAbsentReason())
        .isEqualTo("no marginal tax rate is stated");
    assertThat(statement.getMetrics().getExpectedConsumption().getAbsentReason())
        .isEqualTo("no expected consumption is stated");
    assertThat(statement.getMetrics().getShortfall().getAbsentReason())
        .isEqualTo("no expected consumption is stated");
    assertThat(statement.getLenses().getRealizable().getReviewReason())
        .isEqualTo("the private share of use is unknown");
    assertThat(statement.getMetrics().getHonestyGapPercent().getAbsentReason())
        .isEqualTo("the private share of use is unknown");
    assertThat(cents(statement.getLenses().getPortable())).isEqualTo("20.00");
  }

  /** Gross pay for 10 of tokens: 10 / (1 − tax). At 99 % it is a hundred times as much. */
  @ParameterizedTest
  @CsvSource({"0, 10.00", "50, 20.00", "99, 1000.00"})
  void theHandcuffIsDefinedUpToNinetyNinePercent(String tax, String expected) {
    Statement statement =
        offer(
            "tokens { amount { currency_code: 'USD' units: 50 } }",
            USED + "marginal_tax_percent { value: '%s' }".formatted(tax));

    assertThat(cents(statement.getMetrics().getHandcuffCost())).isEqualTo(expected);
  }

  private static final String USED = "consumed_amount { currency_code: 'USD' units: 10 } ";

  private static Statement offer(String tokens, String rest) {
    return tool.calculate(
        """
        package {
          start_date { year: 2026 month: 1 day: 1 }
          base { amount { currency_code: 'USD' units: 100 } }
          %s
        }
        %s
        """
            .formatted(tokens, rest));
  }
}
