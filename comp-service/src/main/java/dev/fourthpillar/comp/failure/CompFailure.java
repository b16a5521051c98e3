package dev.fourthpillar.comp.failure;

/**
 * A refusal of the compensation domain that a caller can act on. The endpoint maps it to a status
 * with one exhaustive switch; anything else that is thrown is a defect of ours.
 */
public abstract sealed class CompFailure extends RuntimeException permits Invalid, RateMissing {

  CompFailure(String message) {
    super(message);
  }
}
