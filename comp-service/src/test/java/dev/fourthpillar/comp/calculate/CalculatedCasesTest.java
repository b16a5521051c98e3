package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.calculate.OfferTool.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import com.google.type.Money;
import dev.fourthpillar.comp.v1.BuildVestTableRequest;
import dev.fourthpillar.comp.v1.CalculatePackageRequest;
import dev.fourthpillar.comp.v1.CompareOffersRequest;
import dev.fourthpillar.comp.v1.ExplainLineRequest;
import dev.fourthpillar.comp.v1.ExplainedLine;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.LineInput;
import dev.fourthpillar.comp.v1.PackageView;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.comp.v1.StatementLine;
import dev.fourthpillar.comp.v1.VestTranche;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The worked cases of the rules, through the API, to the cent. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
class CalculatedCasesTest {
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
        calculate(
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
        calculate(
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
        calculate(
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

  @Test
  void case6_eighteenSharesInFour() {
    assertThat(
            units(
                vest(
                    """
                    units: 18
                    schedule {
                      start_date { year: 2026 month: 1 day: 1 }
                      months_apart: 12
                      installments: 4
                    }
                    """)))
        .as("CUMULATIVE_ROUND_DOWN is the default")
        .containsExactly("4", "5", "4", "5");
  }

  @Test
  void case7_monthlyWithACliff() {
    List<VestTranche> tranches =
        vest(
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
                vest(
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
                vest(
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
  void case9_unevenYearsWithSignOns() {
    Statement statement =
        calculate(
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
        .extracting(CalculatedCasesTest::cents)
        .containsExactly("230000.00", "230000.00", "240000.00", "240000.00");
    assertThat(cents(statement.getAnnualised().getClassicTc())).isEqualTo("235000.00");
  }

  @Test
  void case11_twoViews() {
    Statement statement =
        calculate(
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
  void theSameRequestGivesTheSameBytes() {
    assertThat(drift("SEK", "10.50").toByteString())
        .isEqualTo(drift("SEK", "10.50").toByteString());
  }

  /**
   * 300,000 in cash against 250,000 and 100,000 of tokens: 50,000 / 100,000, so a token dollar must
   * be worth half of one.
   */
  @Test
  void twoOffersBreakEvenWhereATokenDollarIsWorthFiftyCents() {
    var compared =
        tool.compensation()
            .compareOffers(
                parsed(
                        """
                    first {
                      start_date { year: 2026 month: 1 day: 1 }
                      base { amount { currency_code: 'USD' units: 300000 } }
                    }
                    second {
                      start_date { year: 2026 month: 1 day: 1 }
                      base { amount { currency_code: 'USD' units: 250000 } }
                      tokens { amount { currency_code: 'USD' units: 100000 } }
                    }
                    """,
                        CompareOffersRequest.newBuilder())
                    .build());

    assertThat(cents(compared.getClassicTcDifference())).isEqualTo("-50000.00");
    assertThat(cents(compared.getTokensAtFaceDifference())).isEqualTo("100000.00");
    assertThat(cents(compared.getNextOfferAnchorDifference()))
        .as("tokens do not show up in the next offer")
        .isEqualTo("-50000.00");
    assertThat(compared.getBreakEven().getValue().getValue()).isEqualTo("0.5000");
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
    return calculate(
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

  private static Statement calculate(String request) {
    return tool.compensation()
        .calculatePackage(parsed(request, CalculatePackageRequest.newBuilder()).build())
        .getStatement();
  }

  private static List<VestTranche> vest(String request) {
    return tool.compensation()
        .buildVestTable(parsed(request, BuildVestTableRequest.newBuilder()).build())
        .getTranchesList();
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

  private static String cents(Figure figure) {
    assertThat(figure.hasLine()).as(figure.toString()).isTrue();
    return cents(figure.getLine());
  }

  private static String cents(StatementLine line) {
    return cents(line.getAmount());
  }

  private static String cents(Money money) {
    return BigDecimal.valueOf(money.getUnits())
        .add(BigDecimal.valueOf(money.getNanos(), 9))
        .setScale(2)
        .toPlainString();
  }
}
