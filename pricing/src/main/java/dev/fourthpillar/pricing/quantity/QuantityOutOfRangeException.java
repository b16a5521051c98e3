package dev.fourthpillar.pricing.quantity;

/** A count left the range 0 … 2^63 − 1. Counts never wrap around and never go below zero. */
public final class QuantityOutOfRangeException extends ArithmeticException {

  QuantityOutOfRangeException(String message) {
    super(message);
  }
}
