package dev.fourthpillar.backbone.telemetry;

import com.google.protobuf.DebugFormat;
import com.google.protobuf.Message;

/**
 * The only way a message gets into a log: fields marked {@code debug_redact} in the contract are
 * replaced, whoever logs and whatever the message holds. Made to text only when the line is
 * written.
 */
public final class Redacted {
  private final Message message;

  private Redacted(Message message) {
    this.message = message;
  }

  public static Redacted of(Message message) {
    return new Redacted(message);
  }

  @Override
  public String toString() {
    return DebugFormat.singleLine().toString(message);
  }
}
