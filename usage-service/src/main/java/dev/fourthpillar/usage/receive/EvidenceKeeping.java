package dev.fourthpillar.usage.receive;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.intake.DeduplicationConfig;
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
  private final DeduplicationConfig deduplication;
  private final InstantSource clock;
  private final Repeated repeated;

  EvidenceKeeping(
      Transactions transactions,
      EvidenceRepository evidence,
      RejectedEvidenceRepository rejected,
      DeduplicationConfig deduplication,
      InstantSource clock) {
    this.transactions = transactions;
    this.evidence = evidence;
    this.rejected = rejected;
    this.deduplication = deduplication;
    this.clock = clock;
    this.repeated = Repeated.startAfterPause("keep evidence in order", PAUSE, this::keep);
  }

  /** Also needed once before the first report. */
  public void keep() {
    Instant now = clock.instant();
    transactions.run(
        handle -> {
          evidence.keepWeeks(handle, now, deduplication.window());
          rejected.forget(handle, now, deduplication.window());
          return now;
        });
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
