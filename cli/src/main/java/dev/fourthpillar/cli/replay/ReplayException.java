package dev.fourthpillar.cli.replay;

/** A replay cannot go on; the message is for the person who asked for it. */
public final class ReplayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReplayException(String message) {
    super(message);
  }

  ReplayException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
