package dev.fourthpillar.cli.suite;

/** The suite cannot do what was asked; the message is for the person who asked. */
public final class SuiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SuiteException(String message) {
    super(message);
  }

  public SuiteException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
