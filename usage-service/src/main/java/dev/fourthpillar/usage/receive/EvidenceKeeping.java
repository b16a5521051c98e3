package dev.fourthpillar.usage.receive;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.normalise.Reception;
import dev.fourthpillar.usage.store.EvidenceRepository;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes room for the weeks to come, and lets go of what no resend can be compared with any more.
 */
@Context
public final class EvidenceKeeping implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Transactions transactions;
  private final EvidenceRepository evidence;
  private final RejectedEvidenceRepository rejected;
  private final InstantSource clock;
  private final Repeated repeated;

  EvidenceKeeping(
      Transactions transactions,
      EvidenceRepository evidence,
      RejectedEvidenceRepository rejected,
      InstantSource clock) {
    this.transactions = transactions;
    this.evidence = evidence;
    this.rejected = rejected;
    this.clock = clock;
    this.repeated = Repeated.startAfterPause("keep evidence in order", PAUSE, this::keep);
  }

  /** Also needed once before the first report. */
  public void keep() {
    Instant now = clock.instant();
    transactions.run(
        handle -> {
          evidence.keepWeeks(handle, now, Reception.DEDUPLICATION_WINDOW);
          rejected.forget(handle, now, Reception.DEDUPLICATION_WINDOW);
          return now;
        });
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
