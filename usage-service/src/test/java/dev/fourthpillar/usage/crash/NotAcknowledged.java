package dev.fourthpillar.usage.crash;

/** What was sent may be stored or not, and is to be sent again. */
final class NotAcknowledged extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean told;

  private NotAcknowledged(String message, boolean told, Throwable cause) {
    super(message, cause);
    this.told = told;
  }

  /** The receiver said when to send it again: by RetryInfo, or by Retry-After. */
  static NotAcknowledged told(String message, Throwable cause) {
    return new NotAcknowledged(message, true, cause);
  }

  /** The connection ended without an answer. */
  static NotAcknowledged cut(Throwable cause) {
    return new NotAcknowledged("cut: " + cause, false, cause);
  }

  boolean wasTold() {
    return told;
  }
}
