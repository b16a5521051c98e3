package dev.fourthpillar.usage.daily;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.intake.DeduplicationConfig;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Tells, when a UTC day is over, which usage of it is nobody's and which has no price: each tool,
 * or tool and model, once a day, as it stands at that time. What is first seen of a day later, by
 * late usage, is told then. Event and mark are one transaction, so that a replica that dies has
 * told nothing.
 */
@Singleton
final class OpenUsageService {
  /** Of one transaction. */
  static final int MAX_EVENTS = 1_000;

  private final Transactions transactions;
  private final OpenUsageRepository usage;
  private final FeedWriter feed;
  private final OpenUsageConfig config;
  private final DeduplicationConfig deduplication;
  private final InstantSource clock;

  OpenUsageService(
      Transactions transactions,
      OpenUsageRepository usage,
      FeedWriter feed,
      OpenUsageConfig config,
      DeduplicationConfig deduplication,
      InstantSource clock) {
    this.transactions = transactions;
    this.usage = usage;
    this.feed = feed;
    this.config = config;
    this.deduplication = deduplication;
    this.clock = clock;
  }

  /** Tells what is to be told, and how many events that were. */
  int tellDue() {
    Instant now = clock.instant();
    LocalDate until = LocalDate.ofInstant(now.minus(config.delay()), ZoneOffset.UTC);
    // No usage of a day is taken in after the window; one day more for the day itself.
    LocalDate from = until.minusDays(deduplication.window().toDays() + 1);
    int told = 0;
    for (OpenUsage.State state : OpenUsage.State.values()) {
      int some;
      do {
        some = tell(state, from, until, now);
        told += some;
      } while (some == MAX_EVENTS);
    }
    transactions.run(
        handle -> {
          usage.forget(handle, from);
          return from;
        });
    return told;
  }

  private int tell(OpenUsage.State state, LocalDate from, LocalDate until, Instant now) {
    return transactions.run(
        handle -> {
          List<OpenUsage> open = usage.tell(handle, state, from, until, now, MAX_EVENTS);
          feed.append(handle, open.stream().map(one -> OpenUsageMapper.event(state, one)).toList());
          return open.size();
        });
  }
}
