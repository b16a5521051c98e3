package dev.fourthpillar.usage.shortfall;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What metrics say beyond the calls that were counted. Seen, and never charged by itself. */
@Singleton
public final class ShortfallService {
  private static final Duration USUAL_SPAN = Duration.ofDays(7);
  private static final Duration LONGEST_SPAN = Duration.ofDays(35);

  private final Transactions transactions;
  private final ShortfallRepository shortfalls;
  private final InstantSource clock;

  ShortfallService(Transactions transactions, ShortfallRepository shortfalls, InstantSource clock) {
    this.transactions = transactions;
    this.shortfalls = shortfalls;
    this.clock = clock;
  }

  /**
   * The largest first.
   *
   * @param tool empty for all
   */
  public List<Shortfall> list(
      Optional<Instant> from, Optional<Instant> until, String tool, int atMost) {
    Instant end = until.orElseGet(clock::instant);
    Instant start = from.orElse(end.minus(USUAL_SPAN));
    if (Duration.between(start, end).compareTo(LONGEST_SPAN) > 0) {
      throw Failure.invalidField("start_time", "at most 35 days before end_time", "shortfalls.span")
          .asException();
    }
    return transactions.run(handle -> shortfalls.find(handle, start, end, tool, atMost));
  }
}
