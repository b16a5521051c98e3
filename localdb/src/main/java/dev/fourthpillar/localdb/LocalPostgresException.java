package dev.fourthpillar.localdb;

/**
 * The local server could not do what was asked; the message says what was expected and what to try.
 */
public final class LocalPostgresException extends RuntimeException {

  LocalPostgresException(String message) {
    super(message);
  }

  LocalPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
