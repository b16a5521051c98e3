package dev.fourthpillar.backbone.feed;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * What an operator may change of the feed ({@code fourthpillar.feed.*}).
 *
 * @param partitions partitions of this service's feed, 1 to 1,024. Fixed when the feed is created:
 *     a service that is started with another number refuses to start
 * @param retention how long events are kept, 1 to 90 days, dropped by whole UTC days
 * @param tickEvents events that one tick of the sequencer moves at most, 1 to 10,000
 * @param tickInterval pause after a tick that moved fewer, 0 to 1 s: what is written meanwhile is
 *     moved together, so that the feed's commits do not slow the writers' down
 * @param pollInterval how often the sequencer looks for committed events while there are some, 1 ms
 *     to 1 s. Bounds the delay of events written by another replica
 * @param idlePollInterval the same after a second without any, up to 1 s
 */
@ConfigurationProperties("fourthpillar.feed")
public record FeedConfig(
    @Bindable(defaultValue = "64") int partitions,
    @Bindable(defaultValue = "14d") Duration retention,
    @Bindable(defaultValue = "2000") int tickEvents,
    @Bindable(defaultValue = "25ms") Duration tickInterval,
    @Bindable(defaultValue = "5ms") Duration pollInterval,
    @Bindable(defaultValue = "25ms") Duration idlePollInterval) {

  public FeedConfig {
    check("partitions", partitions, partitions >= 1 && partitions <= 1024, "1 to 1024");
    check(
        "retention",
        retention,
        within(retention, Duration.ofDays(1), Duration.ofDays(90)),
        "1 to 90 days");
    check("tick-events", tickEvents, tickEvents >= 1 && tickEvents <= 10_000, "1 to 10000");
    check(
        "tick-interval",
        tickInterval,
        within(tickInterval, Duration.ZERO, Duration.ofSeconds(1)),
        "0 to 1 s");
    check(
        "poll-interval",
        pollInterval,
        within(pollInterval, Duration.ofMillis(1), Duration.ofSeconds(1)),
        "1 ms to 1 s");
    check(
        "idle-poll-interval",
        idlePollInterval,
        within(idlePollInterval, pollInterval, Duration.ofSeconds(1)),
        "poll-interval to 1 s");
  }

  /** The documented defaults. */
  public static FeedConfig defaults() {
    return new FeedConfig(
        64,
        Duration.ofDays(14),
        2_000,
        Duration.ofMillis(25),
        Duration.ofMillis(5),
        Duration.ofMillis(25));
  }

  public FeedConfig withPartitions(int count) {
    return new FeedConfig(
        count, retention, tickEvents, tickInterval, pollInterval, idlePollInterval);
  }

  private static boolean within(Duration value, Duration min, Duration max) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  private static void check(String key, Object value, boolean ok, String expected) {
    if (!ok) {
      throw new IllegalArgumentException(
          "fourthpillar.feed.%s: %s (expected: %s)".formatted(key, value, expected));
    }
  }
}
