package dev.fourthpillar.comp.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlackScholesTest {
  /** Worked examples of Hull, Options, Futures, and Other Derivatives, printed to cents. */
  @ParameterizedTest
  @CsvSource({
    "42, 40, 0.5, 0.20, 0.10, 0, 4.76", // a call on a stock
    "930, 900, 0.166666666667, 0.20, 0.08, 0.03, 51.83", // a call on an index that pays 3 %
  })
  void equalsTheTextbook(
      BigDecimal price,
      BigDecimal strike,
      BigDecimal years,
      BigDecimal volatility,
      BigDecimal riskFree,
      BigDecimal dividend,
      BigDecimal printed) {
    assertThat(BlackScholes.call(price, strike, years, volatility, riskFree, dividend))
        .isCloseTo(printed, org.assertj.core.data.Offset.offset(new BigDecimal("0.005")));
  }

  /** Without time or price only what it brings today is left. */
  @Test
  void theEdgesAreExact() {
    assertThat(call("25", "10", "0")).isEqualByComparingTo("15");
    assertThat(call("5", "10", "0")).isEqualByComparingTo("0");
    assertThat(call("0", "10", "5")).isEqualByComparingTo("0");
  }

  /** Ten times the share is ten times the option, and no option is worth more than its share. */
  @Test
  void scalesWithThePriceAndStaysBelowIt() {
    BigDecimal one = call("25", "30", "4");
    assertThat(call("250", "300", "4"))
        .isCloseTo(
            one.movePointRight(1), org.assertj.core.data.Offset.offset(new BigDecimal("0.00001")));
    assertThat(one).isBetween(BigDecimal.ZERO, new BigDecimal("25"));
  }

  private static BigDecimal call(String price, String strike, String years) {
    return BlackScholes.call(
        new BigDecimal(price),
        new BigDecimal(strike),
        new BigDecimal(years),
        new BigDecimal("0.40"),
        new BigDecimal("0.03"),
        BigDecimal.ZERO);
  }
}
