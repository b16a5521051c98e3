package dev.fourthpillar.backbone.feed;

import com.google.protobuf.Message;
import java.util.Optional;

/**
 * An event to write with a change.
 *
 * @param key the aggregate it is about, 1 to {@value FeedLimits#MAX_KEY_CHARS} characters; chooses
 *     the partition
 * @param owner the engineer it is about, who may see it where its type allows
 * @param version the aggregate's version after the change, 0 for types without an order per key
 * @param payload a message with the option {@code (fourthpillar.events.v1.event)}, at most {@value
 *     FeedLimits#MAX_PAYLOAD_BYTES} bytes
 * @param mustUnderstand whether a consumer that does not know the type has to stop at it
 */
public record NewEvent(
    String key, Optional<String> owner, long version, Message payload, boolean mustUnderstand) {

  public NewEvent {
    if (key.isEmpty() || key.length() > FeedLimits.MAX_KEY_CHARS) {
      throw new IllegalArgumentException(
          "key: %d characters (expected: 1 to %d)"
              .formatted(key.length(), FeedLimits.MAX_KEY_CHARS));
    }
    owner.ifPresent(NewEvent::requireShort);
    EventType.of(payload).checkVersion(version);
    int bytes = payload.getSerializedSize();
    if (bytes > FeedLimits.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "payload: %d bytes (expected: at most %d)"
              .formatted(bytes, FeedLimits.MAX_PAYLOAD_BYTES));
    }
  }

  private static void requireShort(String owner) {
    if (owner.isEmpty() || owner.length() > FeedLimits.MAX_OWNER_CHARS) {
      throw new IllegalArgumentException(
          "owner: %d characters (expected: 1 to %d)"
              .formatted(owner.length(), FeedLimits.MAX_OWNER_CHARS));
    }
  }

  /** An event that a consumer may skip when it does not know the type. */
  public static NewEvent of(String key, long version, Message payload) {
    return new NewEvent(key, Optional.empty(), version, payload, false);
  }

  /** The same event, visible to this engineer too where its type allows. */
  public NewEvent about(String engineer) {
    return new NewEvent(key, Optional.of(engineer), version, payload, mustUnderstand);
  }
}
