package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.ExactMoney;
import dev.fourthpillar.comp.money.Money;
import java.time.LocalDate;
import java.util.Optional;

/** What a unit of a grant is. */
public sealed interface Instrument {

  /** What a unit is worth at a price of the share, if it is exercised there. */
  ExactMoney intrinsic(ExactMoney sharePrice);

  /** How statements call it. */
  String label();

  /** A share once it vests. */
  record Unit() implements Instrument {
    @Override
    public ExactMoney intrinsic(ExactMoney sharePrice) {
      return sharePrice;
    }

    @Override
    public String label() {
      return "RSU";
    }
  }

  /** The right to buy a share at the strike. */
  record Option(Terms terms) implements Instrument {
    @Override
    public ExactMoney intrinsic(ExactMoney sharePrice) {
      return terms.intrinsic(sharePrice);
    }

    @Override
    public String label() {
      return "OPTION";
    }
  }

  /** A virtual share: what an option with the plan's base price as strike pays, in cash. */
  record Virtual(Terms terms) implements Instrument {
    @Override
    public ExactMoney intrinsic(ExactMoney sharePrice) {
      return terms.intrinsic(sharePrice);
    }

    @Override
    public String label() {
      return "VIRTUAL, settled in cash";
    }
  }

  /**
   * Terms of a right to what the share is worth above a price.
   *
   * @param strike above 0, in the currency of the share's price
   * @param expiry the last day it can be exercised
   * @param model for the Black-Scholes value beside the intrinsic one; without it there is none
   */
  record Terms(Money strike, LocalDate expiry, Optional<OptionModel> model) {
    public Terms {
      var checks = new Checks();
      if (checks.present("strike", strike)) {
        checks.that(strike.signum() > 0, "strike", strike, "> 0");
      }
      checks.date("expiry", expiry);
      checks.present("model", model);
      checks.orThrow();
    }

    ExactMoney intrinsic(ExactMoney sharePrice) {
      return sharePrice.minus(strike.exact()).atLeastZero();
    }
  }

  /** The terms of a right; empty for a share. */
  default Optional<Terms> right() {
    return switch (this) {
      case Unit _ -> Optional.empty();
      case Option(Terms terms) -> Optional.of(terms);
      case Virtual(Terms terms) -> Optional.of(terms);
    };
  }
}
