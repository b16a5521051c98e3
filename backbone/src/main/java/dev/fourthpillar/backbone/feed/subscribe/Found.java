package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.failure.Failure;
import java.time.Instant;

/** What a subscription found when it looked for more. */
sealed interface Found {
  /** Something to send. */
  record Send(Delivery delivery) implements Found {}

  /** Events, none of which this subscription sees: there may be more behind them. */
  record Passed() implements Found {}

  /** It cannot go on from where it stands. */
  record Broken(Failure why) implements Found {}

  /**
   * Nothing behind the last event it has seen or passed.
   *
   * @param completeUntil every event sequenced up to then was found
   */
  record AtHead(Instant completeUntil) implements Found {}
}
