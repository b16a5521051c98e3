package dev.fourthpillar.backbone.edge.error;

import com.google.protobuf.MessageLite;
import dev.fourthpillar.backbone.edge.limit.LimitsConfig;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import jakarta.inject.Singleton;

/**
 * The size of one answer. Clients refuse more than 4 MiB by default, without saying what to do
 * about it; we say it.
 */
@Singleton
final class ResponseLimit {
  private final int maxBytes;

  ResponseLimit(LimitsConfig config) {
    this.maxBytes = config.maxMessageBytes();
  }

  void check(MessageLite message) {
    int bytes = message.getSerializedSize();
    if (bytes > maxBytes) {
      throw Failure.of(
              Reason.LIMIT_EXCEEDED,
              "answer: %d bytes (expected: at most %d); ask for a smaller page"
                  .formatted(bytes, maxBytes))
          .with("limit", "answer_bytes")
          .with("max", Integer.toString(maxBytes))
          .with("actual", Integer.toString(bytes))
          .asException();
    }
  }
}
