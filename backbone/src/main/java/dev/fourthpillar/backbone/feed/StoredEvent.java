package dev.fourthpillar.backbone.feed;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An event as the log has it: with its place, and with who may see it. */
public record StoredEvent(
    int partition,
    long position,
    UUID id,
    String type,
    String key,
    Optional<String> owner,
    int audience,
    long version,
    boolean mustUnderstand,
    UUID changeId,
    String traceparent,
    Instant time,
    ByteString payload) {

  /** What the event costs in memory, roughly: the payload and the strings. */
  public int weightBytes() {
    return payload.size() + 2 * (key.length() + type.length()) + ROW_OVERHEAD_BYTES;
  }

  private static final int ROW_OVERHEAD_BYTES = 200;
}
