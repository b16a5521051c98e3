package dev.fourthpillar.backbone.feed.subscribe;

/** What a subscription found when it looked for more. */
sealed interface Step {
  /** Something to send. */
  record Send(Delivery delivery) implements Step {}

  /** Events, none of which this subscription sees: there may be more behind them. */
  record Passed() implements Step {}

  /** Nothing behind the last event it has seen or passed. */
  record AtHead() implements Step {}
}
