package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.calculate.OfferTool.cents;
import static dev.fourthpillar.comp.calculate.OfferTool.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.comp.v1.ExplainLineRequest;
import dev.fourthpillar.comp.v1.ExplainedLine;
import dev.fourthpillar.comp.v1.LineInput;
import dev.fourthpillar.comp.v1.PackageView;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Worked cases 9, 11, 14 and 15 through the API: years and averages, currencies, ties. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class PackageCasesTest {
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
  void case9_unevenYearsWithSignOns() {
    Statement statement =
        tool.calculate(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'USD' units: 160000 } }
              sign_ons { id: 'first' amount { currency_code: 'USD' units: 60000 } }
              sign_ons {
                id: 'second'
                amount { currency_code: 'USD' units: 40000 }
                pay_date { year: 2027 month: 6 day: 1 }
              }
              equity {
                id: 'grant'
                shares: 1000
                price {
                  amount { currency_code: 'USD' units: 200 }
                  date { year: 2026 month: 1 day: 1 }
                }
                grant_date { year: 2026 month: 1 day: 1 }
                schedule {
                  start_date { year: 2026 month: 1 day: 1 }
                  months_apart: 12
                  installments: 4
                  yearly_percents { value: '5' }
                  yearly_percents { value: '15' }
                  yearly_percents { value: '40' }
                  yearly_percents { value: '40' }
                }
              }
            }
            """);

    assertThat(statement.getYearsList())
        .extracting(PackageView::getClassicTc)
        .extracting(OfferTool::cents)
        .containsExactly("230000.00", "230000.00", "240000.00", "240000.00");
    assertThat(cents(statement.getAnnualised().getClassicTc())).isEqualTo("235000.00");
  }

  @Test
  void case11_twoViews() {
    Statement statement =
        tool.calculate(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'USD' units: 200000 } }
              target_bonus { percent_of_base { value: '15' } }
              sign_ons { id: 'sign-on' amount { currency_code: 'USD' units: 40000 } }
              equity {
                id: 'rsu'
                shares: 2000
                price {
                  amount { currency_code: 'USD' units: 100 }
                  date { year: 2026 month: 1 day: 1 }
                }
                grant_date { year: 2026 month: 1 day: 1 }
                schedule {
                  start_date { year: 2026 month: 1 day: 1 }
                  months_apart: 12
                  installments: 4
                }
              }
              tokens { amount { currency_code: 'USD' units: 60000 } }
            }
            """);

    assertThat(statement.getYearsList())
        .extracting(year -> cents(year.getHeadlineTc()))
        .containsExactly("380000.00", "340000.00", "340000.00", "340000.00");
    assertThat(cents(statement.getAnnualised().getHeadlineTc())).isEqualTo("350000.00");
    assertThat(statement.getYears(0).getTokenSharePercent().getValue().getValue())
        .isEqualTo("15.79");
    assertThat(statement.getMetrics().getTokenSharePercent().getValue().getValue())
        .isEqualTo("17.14");
    assertThat(cents(statement.getReconciliation().getDifference())).isEqualTo("0.00");
  }

  @Test
  void case14_fxDrift() {
    Statement inDollars = drift("USD", "10.50");
    Statement inKronor = drift("SEK", "10.50");

    assertThat(cents(inDollars.getAnnualised().getBase())).isEqualTo("68571.43");
    assertThat(cents(inDollars.getLenses().getFace())).isEqualTo("75000.00");
    assertThat(cents(inKronor.getAnnualised().getBase())).isEqualTo("720000.00");
    assertThat(cents(inKronor.getLenses().getFace())).isEqualTo("787500.00");
    assertThat(List.of(inDollars, inKronor))
        .extracting(one -> one.getMetrics().getTokenSharePercent().getValue().getValue())
        .containsExactly("52.24", "52.24");
    assertThat(inKronor.getLenses().getFace().getLine().getOriginalAmount())
        .isEqualTo(Money.newBuilder().setCurrencyCode("USD").setUnits(75_000).build());
    assertThat(cents(drift("SEK", "9.45").getLenses().getFace())).isEqualTo("708750.00");
  }

  @Test
  void case15_tiesGoUp() {
    Statement yen =
        tool.calculate(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'USD' units: 100 nanos: 550000000 } }
            }
            currency_code: 'JPY'
            rates {
              source_currency_code: 'USD'
              target_currency_code: 'JPY'
              rate { value: '150.00' }
              date { year: 2026 month: 1 day: 1 }
            }
            """);
    assertThat(yen.getAnnualised().getBase().getAmount())
        .isEqualTo(Money.newBuilder().setCurrencyCode("JPY").setUnits(15_083).build());

    Statement bonus =
        tool.calculate(
            """
            package {
              start_date { year: 2026 month: 1 day: 1 }
              base { amount { currency_code: 'USD' units: 100 nanos: 200000000 } }
              target_bonus { percent_of_base { value: '12.5' } }
            }
            """);
    assertThat(cents(bonus.getAnnualised().getTargetBonus())).isEqualTo("12.53");
  }

  @Test
  void theSameRequestGivesTheSameBytes() {
    assertThat(drift("SEK", "10.50").toByteString())
        .isEqualTo(drift("SEK", "10.50").toByteString());
  }

  @Test
  void aLineIsExplainedDownToWhatWasEntered() {
    ExplainedLine line =
        tool.compensation()
            .explainLine(
                parsed(
                        """
                        line_id: 'annualised.CLASSIC_TC'
                        calculation {
                          package {
                            start_date { year: 2026 month: 1 day: 1 }
                            base {
                              amount { currency_code: 'USD' units: 10000 }
                              period: PAY_PERIOD_MONTH
                            }
                            target_bonus { percent_of_base { value: '10' } }
                          }
                        }
                        """,
                        ExplainLineRequest.newBuilder())
                    .build())
            .getLine();

    assertThat(cents(line.getLine())).isEqualTo("132000.00");
    assertThat(line.getPartsList())
        .extracting(part -> part.getLine().getLineId())
        .containsExactly("annualised.BASE", "annualised.TARGET_BONUS");
    assertThat(line.getParts(0).getLine().getInputsList())
        .extracting(LineInput::getValue)
        .contains("10000.00 USD", "12");
  }

  /** Case 14: base 720,000 SEK, tokens 75,000 USD, and only USD to SEK is quoted. */
  private static Statement drift(String currency, String rate) {
    return tool.calculate(
        """
        package {
          start_date { year: 2026 month: 1 day: 1 }
          base { amount { currency_code: 'SEK' units: 720000 } }
          tokens { amount { currency_code: 'USD' units: 75000 } }
        }
        currency_code: '%s'
        rates {
          source_currency_code: 'USD'
          target_currency_code: 'SEK'
          rate { value: '%s' }
          date { year: 2026 month: 1 day: 1 }
        }
        """
            .formatted(currency, rate));
  }
}
