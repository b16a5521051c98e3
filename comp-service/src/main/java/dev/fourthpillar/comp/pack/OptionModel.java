package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Percent;

/**
 * What an option's Black-Scholes value assumes, in percent per year.
 *
 * @param volatility above 0, at most 500
 * @param riskFreeRate continuous, -10 to 50
 * @param dividendYield continuous, 0 to 50
 */
public record OptionModel(Percent volatility, Percent riskFreeRate, Percent dividendYield) {

  public OptionModel {
    var checks = new Checks();
    if (Percent.within(checks, "volatility", volatility, "0", "500")) {
      checks.that(!volatility.isZero(), "volatility", volatility, "> 0 %");
    }
    Percent.within(checks, "riskFreeRate", riskFreeRate, "-10", "50");
    Percent.within(checks, "dividendYield", dividendYield, "0", "50");
    checks.orThrow();
  }
}
