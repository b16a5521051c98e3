package dev.fourthpillar.comp.statement;

import static dev.fourthpillar.comp.statement.Given.START;
import static dev.fourthpillar.comp.statement.Given.consumed;
import static dev.fourthpillar.comp.statement.Given.toolOf;
import static dev.fourthpillar.comp.statement.Given.usd;
import static dev.fourthpillar.comp.statement.Given.utilised;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Absence;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.money.Ratio;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags and comparisons, at their edges. */
final class FlagsTest {

  @ParameterizedTest
  @CsvSource({
    "0, BELOW",
    "49999.99, BELOW",
    "49999.999, BELOW", // rounds to half of the base and is below it
    "50000, COMPUTE_NEARS_SALARY",
    "99999.999, COMPUTE_NEARS_SALARY", // rounds to the base and is below it
    "100000, COMPUTE_EXCEEDS_SALARY",
    "100001, COMPUTE_EXCEEDS_SALARY",
  })
  void computeExceedsSalary_comparesUnroundedValues(String consumed, ComputeVersusSalary expected) {
    var statement = Given.base("100000").tokens(toolOf("200000")).statement(consumed(consumed));
    assertThat(statement.computeVersusSalary()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // cash before and after, compute before and after
    "100000, 101000, 50000, 55000, CASH_FLAT_COMPUTE_UP", // exactly 1 % and 10 %
    "100000, 101000.01, 50000, 55000, CLEAR",
    "100000, 101000, 50000, 54999.99, CLEAR",
    "100000, 90000, 50000, 55000, CASH_FLAT_COMPUTE_UP",
    "100000, 101000, 0, 10000, CASH_FLAT_COMPUTE_UP", // new: 10 % of the earlier cash
    "100000, 101000, 0, 9999.99, CLEAR",
    "100000, 100000, 0, 0, CLEAR",
    "100000, 100000, 50000, 0, CLEAR",
  })
  void cashFlatComputeUp(
      String cash,
      String laterCash,
      String compute,
      String laterCompute,
      CashFlat.Verdict verdict) {
    var flat = compare(cash, laterCash, compute, laterCompute, Optional.empty());
    assertThat(flat.verdict()).isEqualTo(verdict);
  }

  @Test
  void cashFlat_reportsNominalRealAndShareOfGrowth() {
    var flat = compare("200000", "202000", "50000", "58000", Optional.of(Percent.of("3")));
    assertThat(flat.cashGrowth()).hasToString("1.00 %");
    assertThat(flat.realCashGrowth()).hasToString("-1.94 %");
    assertThat(flat.computeGrowth()).hasToString("16.00 %");
    assertThat(flat.realComputeGrowth()).hasToString("12.62 %");
    assertThat(flat.computeShareOfHeadlineGrowth()).hasToString("80.00 %");
  }

  @Test
  void cashFlat_growthFromNothingIsANewComponentAndNoDivision() {
    var flat = compare("100000", "100000", "0", "20000", Optional.empty());
    assertThat(flat.computeGrowth()).isEqualTo(new Ratio.Undefined(Absence.NEW_COMPONENT));
    assertThat(flat.realCashGrowth())
        .isEqualTo(new Ratio.Undefined(Absence.PRICE_GROWTH_NOT_STATED));
    assertThat(flat.computeShareOfHeadlineGrowth()).hasToString("100.00 %");
  }

  @Test
  void breakEven_isTheDifferenceOfTheRestByTheDifferenceOfTokens() {
    var more = Given.base("200000").tokens(toolOf("20000")).statement();
    var compute = Given.base("180000").tokens(toolOf("100000")).statement();
    assertThat(BreakEven.between(more, compute)).hasToString("0.2500");
    assertThat(BreakEven.between(compute, more)).hasToString("0.2500");
    assertThat(BreakEven.between(more, more)).isEqualTo(new Ratio.Undefined(Absence.SAME_TOKENS));
  }

  @Test
  void handcuffCostAndLoadedCost() {
    var pack = Given.base("200000").tokens(toolOf("100000")).pack();
    var input =
        new StatementInput(
            pack,
            START,
            Given.USD,
            FxTable.NONE,
            utilised("60"),
            Optional.of(usd("250000")),
            Optional.of(Percent.of("40")),
            Thresholds.DEFAULT);
    var metrics = StatementCalculator.calculate(input).metrics();
    assertThat(metrics.handcuffCost().amount()).contains(usd("100000.00"));
    assertThat(metrics.outputBasis()).isEqualTo(Metrics.OutputBasis.LOADED_COST);
    assertThat(metrics.outputMultiplierAtFace()).hasToString("1.4000");
    assertThat(metrics.outputMultiplierAtEmployerCost()).hasToString("1.2400");
    assertThat(metrics.honestyGap()).hasToString("33.33 %");
  }

  @Test
  void aPackageWithoutTokensHasPlainZeros() {
    var statement = Given.base("200000").statement();
    assertThat(statement.metrics().tokenShare()).hasToString("0.00 %");
    assertThat(statement.metrics().consumedRatio()).hasToString("0.00 %");
    assertThat(statement.metrics().headlineInflationPercent())
        .isEqualTo(new Ratio.Undefined(Absence.WHOLE_IS_ZERO));
    assertThat(statement.computeVersusSalary()).isEqualTo(ComputeVersusSalary.BELOW);
  }

  private static CashFlat compare(
      String cash,
      String laterCash,
      String compute,
      String laterCompute,
      Optional<Percent> prices) {
    return CashFlat.compare(
        Given.base(cash).tokens(toolOf(compute)).statement(),
        Given.base(laterCash).tokens(toolOf(laterCompute)).statement(),
        prices,
        Thresholds.DEFAULT);
  }
}
