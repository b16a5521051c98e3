package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.vest.Quantity;
import dev.fourthpillar.comp.vest.VestTable;
import java.math.BigInteger;
import java.math.RoundingMode;

/** How many units a grant is for. */
public sealed interface GrantSize {

  Quantity shares();

  /**
   * A number of shares.
   *
   * @param count 1 to {@link VestTable#MAX_UNITS}
   */
  record Shares(long count) implements GrantSize {
    public Shares {
      var checks = new Checks();
      checks.that(
          count >= 1 && count <= VestTable.MAX_UNITS,
          "count",
          count,
          "1 to " + VestTable.MAX_UNITS);
      checks.orThrow();
    }

    @Override
    public Quantity shares() {
      return Quantity.whole(count);
    }
  }

  /**
   * An amount, turned into shares once, at the conversion price.
   *
   * @param value above zero
   * @param conversionPrice above zero, in the currency of the value
   */
  record Value(Money value, Money conversionPrice, Conversion conversion) implements GrantSize {
    public Value {
      var checks = new Checks();
      if (checks.present("value", value)) {
        checks.that(value.signum() > 0, "value", value, "> 0");
      }
      var priced =
          checks.present("conversionPrice", conversionPrice)
              && checks.that(
                  conversionPrice.signum() > 0, "conversionPrice", conversionPrice, "> 0");
      if (checks.present("conversion", conversion) && priced && value != null) {
        if (checks.that(
            value.currency().equals(conversionPrice.currency()),
            "conversionPrice",
            conversionPrice,
            "in " + value.currency())) {
          var count = count(value, conversionPrice, conversion);
          checks.that(
              count.signum() > 0 && count.compareTo(BigInteger.valueOf(VestTable.MAX_UNITS)) <= 0,
              "value",
              value + " at " + conversionPrice + " is " + count + " shares",
              "1 to " + VestTable.MAX_UNITS + " shares");
        }
      }
      checks.orThrow();
    }

    @Override
    public Quantity shares() {
      return Quantity.whole(count(value, conversionPrice, conversion).longValueExact());
    }

    private static BigInteger count(Money value, Money price, Conversion conversion) {
      return value
          .fraction()
          .divide(price.fraction())
          .bigDecimalValue(0, conversion.mode)
          .toBigIntegerExact();
    }
  }

  /** What happens to the fraction of a share that an amount leaves. */
  enum Conversion {
    /** The default. */
    FLOOR(RoundingMode.DOWN),
    NEAREST(RoundingMode.HALF_UP),
    CEILING(RoundingMode.UP);

    private final RoundingMode mode;

    Conversion(RoundingMode mode) {
      this.mode = mode;
    }
  }
}
