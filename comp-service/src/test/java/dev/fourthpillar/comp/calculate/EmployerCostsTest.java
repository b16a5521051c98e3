package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.calculate.OfferTool.cents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.v1.CalculatePackageResponse;
import dev.fourthpillar.comp.v1.EmployerCost;
import dev.fourthpillar.comp.v1.ExplainedLine;
import dev.fourthpillar.comp.v1.LineInput;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a package costs the employer, by charges that are sent. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class EmployerCostsTest {
  private static OfferTool tool;

  @BeforeAll
  static void start(TestDatabase database) {
    tool = OfferTool.start(database);
  }

  @AfterAll
  static void stop() {
    tool.close();
  }

  private static final String US =
      """
      payroll {
        charges {
          rule_id: 'US.OASDI'
          rate_percent { value: '6.2' }
          cap { currency_code: 'USD' units: 184500 }
          effective_date { year: 2026 month: 1 day: 1 }
          citation: 'the rules'
          last_verified_date { year: 2025 month: 12 day: 1 }
        }
        charges {
          rule_id: 'US.MEDICARE'
          rate_percent { value: '1.45' }
          effective_date { year: 2026 month: 1 day: 1 }
          citation: 'the rules'
          last_verified_date { year: 2025 month: 7 day: 4 }
        }
        charges {
          rule_id: 'US.FUTA'
          rate_percent { value: '0.6' }
          cap { currency_code: 'USD' units: 7000 }
          effective_date { year: 2026 month: 1 day: 1 }
          citation: 'the rules'
          last_verified_date { year: 2025 month: 7 day: 5 }
        }
      }
      """;

  private static final String SWEDEN =
      """
      payroll {
        charges {
          rule_id: 'SE'
          rate_percent { value: '31.42' }
          basis: CHARGE_BASIS_CASH_AND_TAXABLE_BENEFITS
          effective_date { year: 2026 month: 1 day: 1 }
          citation: 'the rules'
          last_verified_date { year: 2026 month: 1 day: 1 }
        }
      }
      """;

  /**
   * Cash 200,000 + 10 % + 40,000 / 4 = 230,000. 6.2 % of 184,500 is 11,439; 1.45 % of 230,000 is
   * 3,335; 0.6 % of 7,000 is 42. Tokens: 70 % of 100,000 at 40 % off.
   */
  @Test
  void inTheUnitedStatesChargesHaveCaps() {
    EmployerCost cost = calculated(AMERICAN, US + OVERHEAD).getEmployerCost();

    assertThat(cents(cost.getCash())).isEqualTo("230000.00");
    assertThat(cost.getChargesList())
        .extracting(charge -> charge.getRuleId() + " " + cents(charge.getAmount()))
        .containsExactly("US.OASDI 11439.00", "US.MEDICARE 3335.00", "US.FUTA 42.00");
    assertThat(cents(cost.getBenefits())).isEqualTo("12000.00");
    assertThat(cents(cost.getTokensAtEmployerCost())).isEqualTo("42000.00");
    assertThat(cents(cost.getOverhead())).isEqualTo("15000.00");
    assertThat(cost.hasEquity()).isFalse();
    // 230,000 + 11,439 + 3,335 + 42 + 12,000 + 42,000 + 15,000
    assertThat(cents(cost.getTotal())).isEqualTo("313816.00");
    // 1 January is 180 days after 5 July, and 181 after the 4th.
    assertThat(cost.getStaleRuleIdsList()).containsExactly("US.MEDICARE");
  }

  /** 2,000 shares at 100 over four years are 50,000 a year. */
  @Test
  void equityIsAnExpenseOnlyWhenAskedFor() {
    EmployerCost cost =
        calculated(AMERICAN, US + OVERHEAD + "include_equity: true").getEmployerCost();

    assertThat(cents(cost.getEquity())).isEqualTo("50000.00");
    assertThat(cents(cost.getTotal())).isEqualTo("363816.00");
  }

  /** At 10 SEK per dollar the cap is 1,845,000 SEK; 6.2 % of it is 114,390. */
  @Test
  void aCapInAnotherCurrencyIsConverted() {
    EmployerCost cost =
        calculated(
                AMERICAN,
                US,
                """
                currency_code: 'SEK'
                rates {
                  source_currency_code: 'USD'
                  target_currency_code: 'SEK'
                  rate { value: '10' }
                  date { year: 2026 month: 1 day: 1 }
                }
                """)
            .getEmployerCost();

    assertThat(cents(cost.getCharges(0).getAmount())).isEqualTo("114390.00");
    assertThat(cost.getTotal().getLine().getAmount().getCurrencyCode()).isEqualTo("SEK");
  }

  /** 31.42 % of 600,000 + 60,000, not of the exempt 5,000. */
  @Test
  void inSwedenTaxableBenefitsAreChargedAndExemptOnesAreNot() {
    EmployerCost cost = calculated(swede("TAXABLE", ""), SWEDEN).getEmployerCost();

    assertThat(cents(cost.getCharges(0).getAmount())).isEqualTo("207372.00");
    assertThat(cents(cost.getBenefits())).isEqualTo("65000.00");
    assertThat(cents(cost.getTotal())).isEqualTo("872372.00");
  }

  @Test
  void whatNobodySaidIsReviewedAndNoZero() {
    EmployerCost unknown = calculated(swede("UNSPECIFIED", ""), SWEDEN).getEmployerCost();
    assertThat(unknown.getCharges(0).getAmount().getReviewReason())
        .isEqualTo("whether a benefit is taxable is not stated");
    assertThat(unknown.getTotal().getReviewReason())
        .isEqualTo("whether a benefit is taxable is not stated");
    assertThat(cents(unknown.getCash())).isEqualTo("600000.00");

    String pay = "tokens { amount { currency_code: 'SEK' units: 1 } treatment: TREATMENT_PAY }";
    assertThat(
            calculated(swede("TAXABLE", pay), SWEDEN)
                .getEmployerCost()
                .getTotal()
                .getReviewReason())
        .isEqualTo("what of the tokens is a taxable benefit is undecided");

    String tool = "tokens { amount { currency_code: 'SEK' units: 1 } }";
    EmployerCost unused = calculated(swede("TAXABLE", tool), SWEDEN).getEmployerCost();
    assertThat(cents(unused.getCharges(0).getAmount())).isEqualTo("207372.00");
    assertThat(unused.getTotal().getAbsentReason())
        .isEqualTo("consumption is neither metered nor assumed");
  }

  /** 230,000 × 0.3, which holds charges, benefits and overhead; tokens are on top. */
  @Test
  void aLoadFactorStandsForTheDetail() {
    EmployerCost cost = calculated(AMERICAN, "load_factor { value: '1.3' }").getEmployerCost();

    assertThat(cents(cost.getLoad())).isEqualTo("69000.00");
    assertThat(cost.hasBenefits()).isFalse();
    assertThat(cost.getChargesList()).isEmpty();
    assertThat(cents(cost.getTotal())).isEqualTo("341000.00");
  }

  @Test
  void itIsThereOnlyWhenAskedForAndChangesNothingElse() {
    CalculatePackageResponse without = tool.calculated(AMERICAN);

    assertThat(without.hasEmployerCost()).isFalse();
    assertThat(calculated(AMERICAN, US).getStatement().toBuilder().clearSnapshots().build())
        .isEqualTo(without.getStatement().toBuilder().clearSnapshots().build());
  }

  @Test
  void aChargeIsExplainedWithItsRuleAndSource() {
    ExplainedLine line =
        tool.explain(
            "line_id: 'employer.CHARGE.US.OASDI' calculation { "
                + AMERICAN
                + " employer { "
                + US
                + " } }");

    assertThat(cents(line.getLine())).isEqualTo("11439.00");
    assertThat(line.getLine().getFormula()).isEqualTo("rate × basis, at most the cap");
    assertThat(line.getLine().getInputsList())
        .extracting(LineInput::getValue)
        .contains("US.OASDI", "6.2 %", "230000 USD", "184500.00 USD", "the rules");
    assertThat(line.getSnapshots(0).getDescription())
        .isEqualTo(
            "US.OASDI: 6.2 % up to 184500.00 USD from 2026-01-01; the rules; verified 2025-12-01,"
                + " confidence MEDIUM");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(refused("load_factor { value: '0.9' }")).isEqualTo("employer.load_factor");
    assertThat(refused("load_factor { value: '1.3' }" + OVERHEAD)).isEqualTo("employer.overhead");
    assertThat(refused(US.replace("effective_date { year: 2026", "effective_date { year: 2027")))
        .isEqualTo(
            "employer.payroll.charges[0].effective_date,"
                + " employer.payroll.charges[1].effective_date,"
                + " employer.payroll.charges[2].effective_date");
    assertThat(refused(US.replace("US.FUTA", "US.OASDI")))
        .isEqualTo("employer.payroll.charges[2].rule_id");
    assertThat(refused(US.replace("'6.2'", "'101'")))
        .isEqualTo("employer.payroll.charges[0].rate_percent");
  }

  private static final String OVERHEAD = "overhead { currency_code: 'USD' units: 15000 }";

  private static final String AMERICAN =
      """
      package {
        start_date { year: 2026 month: 1 day: 1 }
        base { amount { currency_code: 'USD' units: 200000 } }
        target_bonus { percent_of_base { value: '10' } }
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
        benefits { id: 'health' amount { currency_code: 'USD' units: 12000 } }
        tokens {
          amount { currency_code: 'USD' units: 100000 }
          purchase { discount_percent { value: '40' } }
        }
      }
      utilisation_percent { value: '70' }
      """;

  private static String swede(String car, String tokens) {
    return """
        package {
          start_date { year: 2026 month: 1 day: 1 }
          base { amount { currency_code: 'SEK' units: 600000 } }
          benefits {
            id: 'car'
            amount { currency_code: 'SEK' units: 5000 }
            period: PAY_PERIOD_MONTH
            taxation: BENEFIT_TAXATION_%s
          }
          benefits {
            id: 'sport'
            amount { currency_code: 'SEK' units: 5000 }
            taxation: BENEFIT_TAXATION_EXEMPT
          }
          %s
        }
        """
        .formatted(car, tokens);
  }

  private static CalculatePackageResponse calculated(String pack, String employer) {
    return calculated(pack, employer, "");
  }

  private static CalculatePackageResponse calculated(String pack, String employer, String rest) {
    return tool.calculated(pack + " employer { " + employer + " } " + rest);
  }

  private static String refused(String employer) {
    return Refusal.of(() -> calculated(AMERICAN, employer)).violatedFields();
  }
}
