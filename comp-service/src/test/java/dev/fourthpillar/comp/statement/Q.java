package dev.fourthpillar.comp.statement;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A fraction of the oracle's own, so that both sides do not share a mistake. Never reduced. */
record Q(BigInteger n, BigInteger d) {

  static final Q ZERO = of(0);

  static Q of(long value) {
    return new Q(BigInteger.valueOf(value), BigInteger.ONE);
  }

  static Q of(BigDecimal value) {
    var scaled = value.setScale(Math.max(0, value.scale()));
    return new Q(scaled.unscaledValue(), BigInteger.TEN.pow(scaled.scale()));
  }

  Q plus(Q o) {
    return d.equals(o.d)
        ? new Q(n.add(o.n), d)
        : new Q(n.multiply(o.d).add(o.n.multiply(d)), d.multiply(o.d));
  }

  Q minus(Q o) {
    return plus(new Q(o.n.negate(), o.d));
  }

  Q times(Q o) {
    return new Q(n.multiply(o.n), d.multiply(o.d));
  }

  Q over(Q o) {
    return o.n.signum() < 0
        ? new Q(n.multiply(o.d).negate(), d.multiply(o.n).negate())
        : new Q(n.multiply(o.d), d.multiply(o.n));
  }

  Q over(long o) {
    return over(of(o));
  }

  Q percent(BigDecimal percent) {
    return times(of(percent)).over(100);
  }

  boolean isSame(Q o) {
    return n.multiply(o.d).equals(o.n.multiply(d));
  }

  boolean isAtLeast(Q o) {
    return n.multiply(o.d).compareTo(o.n.multiply(d)) >= 0;
  }

  /** School rounding: add a half of the last digit to the absolute value and cut off. */
  BigDecimal round(int decimals) {
    var scaled = n.abs().multiply(BigInteger.TEN.pow(decimals)).shiftLeft(1).add(d);
    var cut = scaled.divide(d.shiftLeft(1));
    return new BigDecimal(n.signum() < 0 ? cut.negate() : cut, decimals);
  }
}
