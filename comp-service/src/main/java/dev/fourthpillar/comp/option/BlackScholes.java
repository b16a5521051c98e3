package dev.fourthpillar.comp.option;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * What a European call is worth: c = S·e^(−qT)·Φ(d1) − K·e^(−rT)·Φ(d2), with d1 = (ln(S/K) + (r − q
 * + σ²/2)·T) / (σ·√T) and d2 = d1 − σ·√T. Φ is the complementary error function of Boost as Apache
 * Commons Numbers has it, Φ(x) = erfc(−x/√2)/2, good to 1e-15; all else is {@link StrictMath}, so
 * that every machine gives the same answer. The result is rounded to {@link #DECIMALS}; of prices
 * below 10^6 all of these digits are good.
 */
public final class BlackScholes {

  /** Digits behind the point of a value. */
  public static final int DECIMALS = 6;

  private BlackScholes() {}

  /**
   * @param price S, 0 or more
   * @param strike K, above 0
   * @param years T, the expected term, 0 or more
   * @param volatility σ per year, as a fraction, above 0
   * @param riskFree r, continuous, as a fraction
   * @param dividend q, continuous, as a fraction
   */
  public static BigDecimal call(
      BigDecimal price,
      BigDecimal strike,
      BigDecimal years,
      BigDecimal volatility,
      BigDecimal riskFree,
      BigDecimal dividend) {
    if (price.signum() == 0 || years.signum() == 0) {
      return price.subtract(strike).max(BigDecimal.ZERO).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
    double s = price.doubleValue();
    double k = strike.doubleValue();
    double t = years.doubleValue();
    double sigma = volatility.doubleValue();
    double r = riskFree.doubleValue();
    double q = dividend.doubleValue();
    double spread = sigma * StrictMath.sqrt(t);
    double d1 = (StrictMath.log(s / k) + (r - q + sigma * sigma / 2) * t) / spread;
    double d2 = d1 - spread;
    double value = s * StrictMath.exp(-q * t) * phi(d1) - k * StrictMath.exp(-r * t) * phi(d2);
    return new BigDecimal(value).max(BigDecimal.ZERO).setScale(DECIMALS, RoundingMode.HALF_UP);
  }

  private static double phi(double x) {
    return Erfc.value(-x / StrictMath.sqrt(2)) / 2;
  }
}
