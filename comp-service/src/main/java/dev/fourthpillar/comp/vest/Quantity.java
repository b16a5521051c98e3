package dev.fourthpillar.comp.vest;

import dev.fourthpillar.comp.money.Fractions;
import java.math.BigDecimal;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A number of what vests: shares, or percentage points of a portable budget. An integer count of
 * millionths, so that the FRACTIONAL allocation stays integer arithmetic.
 *
 * @param micros millionths, 0 or more
 */
public record Quantity(long micros) {

  public static final long MICROS_PER_UNIT = 1_000_000;
  public static final Quantity ZERO = new Quantity(0);

  public static Quantity whole(long units) {
    return new Quantity(Math.multiplyExact(units, MICROS_PER_UNIT));
  }

  public boolean isWhole() {
    return micros % MICROS_PER_UNIT == 0;
  }

  public Quantity plus(Quantity other) {
    return new Quantity(Math.addExact(micros, other.micros));
  }

  public Quantity minus(Quantity other) {
    return new Quantity(Math.subtractExact(micros, other.micros));
  }

  public BigFraction fraction() {
    return Fractions.of(micros, MICROS_PER_UNIT);
  }

  /** "250" or "4.5". */
  @Override
  public String toString() {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
  }
}
