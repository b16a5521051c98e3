package dev.fourthpillar.backbone.feed;

/** The feed's fixed limits. Those an operator may change are in {@link FeedConfig}. */
public final class FeedLimits {
  /** Characters of an event's key. */
  public static final int MAX_KEY_CHARS = 200;

  /** Bytes of one event's payload: an event tells what happened, it does not carry documents. */
  public static final int MAX_PAYLOAD_BYTES = 256 * 1024;

  /** Events that one change may write. */
  public static final int MAX_EVENTS_PER_CHANGE = 10_000;

  /** Bytes of all payloads of one change. */
  public static final int MAX_CHANGE_BYTES = 16 * 1024 * 1024;

  /** Characters of the id of the engineer whom an event is about. */
  public static final int MAX_OWNER_CHARS = 200;

  /**
   * Bytes of payload that one statement moves or reads, more only for a single event: what a
   * statement takes in time and memory must not depend on how large somebody's events are.
   */
  public static final int MAX_STATEMENT_BYTES = 16 * 1024 * 1024;

  /** Partitions of a feed, fixed for its life. */
  public static final int MAX_PARTITIONS = 1024;

  private FeedLimits() {}
}
