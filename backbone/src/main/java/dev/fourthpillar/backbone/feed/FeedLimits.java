package dev.fourthpillar.backbone.feed;

/** The feed's fixed limits. Those an operator may change are in {@link FeedConfig}. */
public final class FeedLimits {
  /** Characters of an event's key. */
  public static final int MAX_KEY_CHARS = 200;

  /** Bytes of one event's payload: an event tells what happened, it does not carry documents. */
  public static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  /** Events that one change may write. */
  public static final int MAX_EVENTS_PER_CHANGE = 10_000;

  /** Partitions of a feed, fixed for its life. */
  public static final int MAX_PARTITIONS = 1024;

  private FeedLimits() {}
}
