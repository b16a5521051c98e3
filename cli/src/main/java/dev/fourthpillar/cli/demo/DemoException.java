package dev.fourthpillar.cli.demo;

/** The story did not go as it is told; the message says what was expected and what was seen. */
public final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message);
  }

  DemoException(String message, Throwable cause) {
    super(message, cause);
  }
}
