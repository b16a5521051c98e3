package dev.fourthpillar.comp.token;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** What the plan grants: per year, or once when the budget is one-off. */
public sealed interface Entitlement {

  /**
   * An amount at list price.
   *
   * @param amount 0 or more
   */
  record FixedMoney(Money amount) implements Entitlement {
    public FixedMoney {
      var checks = new Checks();
      if (checks.present("amount", amount)) {
        checks.that(amount.signum() >= 0, "amount", amount, ">= 0");
      }
      checks.orThrow();
    }
  }

  /**
   * A percentage of that year's base.
   *
   * @param percent 0 to {@link #MOST_PERCENT}
   */
  record PercentOfBase(Percent percent) implements Entitlement {
    public static final String MOST_PERCENT = "1000";

    public PercentOfBase {
      var checks = new Checks();
      Percent.within(checks, "percent", percent, "0", MOST_PERCENT);
      checks.orThrow();
    }
  }

  /**
   * Quantities of tokens. Their money value at the list prices of a day is given, since price books
   * live elsewhere; it deflates with those prices, and another day needs another value.
   *
   * @param lines 1 to {@link #MAX_LINES}
   * @param faceValue Σ quantity × list price on {@code valuedOn}, 0 or more
   * @param priceBook version of the book it was valued with
   */
  record FixedQuantity(
      List<QuantityLine> lines, Money faceValue, LocalDate valuedOn, String priceBook)
      implements Entitlement {
    public static final int MAX_LINES = 100;
    public static final int MAX_TEXT = 200;

    public FixedQuantity {
      var checks = new Checks();
      if (checks.atMost("lines", lines, MAX_LINES)) {
        lines = List.copyOf(lines);
        checks.that(!lines.isEmpty(), "lines", "none", "at least one");
      }
      if (checks.present("faceValue", faceValue)) {
        checks.that(faceValue.signum() >= 0, "faceValue", faceValue, ">= 0");
      }
      checks.date("valuedOn", valuedOn);
      checks.text("priceBook", priceBook, MAX_TEXT);
      checks.orThrow();
    }
  }

  /**
   * A quantity of one kind of tokens of one model.
   *
   * @param quantity above zero, per year
   */
  record QuantityLine(String provider, String model, String kind, BigDecimal quantity) {
    public QuantityLine {
      var checks = new Checks();
      checks.text("provider", provider, FixedQuantity.MAX_TEXT);
      checks.text("model", model, FixedQuantity.MAX_TEXT);
      checks.text("kind", kind, FixedQuantity.MAX_TEXT);
      if (checks.present("quantity", quantity)) {
        checks.that(quantity.signum() > 0, "quantity", quantity, "> 0");
      }
      checks.orThrow();
    }
  }

  /** A place at a common pool: nothing of it is one's own, so its face value is zero. */
  record PooledShare() implements Entitlement {}

  /** No limit, and so no face value: only consumption can be shown. */
  record Uncapped() implements Entitlement {}
}
