package dev.fourthpillar.pricing.cost;

/** An amount does not fit into int64 nanos (about ± 9.2 billion units): AMOUNT_OUT_OF_RANGE. */
public final class AmountOutOfRangeException extends ArithmeticException {

  AmountOutOfRangeException(String message) {
    super(message);
  }
}
