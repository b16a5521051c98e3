package dev.fourthpillar.proof;

import com.google.errorprone.annotations.FormatMethod;

/** A proof that proves nothing, and why. */
public final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Flaw flaw;

  @FormatMethod
  public ProofException(Flaw flaw, String message, Object... arguments) {
    super(message.formatted(arguments));
    this.flaw = flaw;
  }

  public Flaw flaw() {
    return flaw;
  }
}
