package dev.fourthpillar.usage.crash;

import java.time.Instant;

/**
 * A model call that a sender reports until it is acknowledged.
 *
 * @param id the provider's
 */
record SentCall(String id, Instant time, long input, long output) {
  static final String PROVIDER = "anthropic";
  static final String MODEL = "claude-opus-4-5";

  /** 5 dollars a million of input, 25 of output: 5,000 and 25,000 nanos a token. */
  long nanos() {
    return 5_000 * input + 25_000 * output;
  }
}
