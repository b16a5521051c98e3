package dev.fourthpillar.usage.receive;

import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.normalise.Reception;
import dev.fourthpillar.usage.store.EvidenceRepository;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for the weeks to come, and lets go of what no resend can be compared with any more.
 */
@Singleton
public final class EvidenceKeeping {
  private static final Logger LOG = LoggerFactory.getLogger(EvidenceKeeping.class);

  private final Transactions transactions;
  private final EvidenceRepository evidence;
  private final RejectedEvidenceRepository rejected;
  private final InstantSource clock;

  EvidenceKeeping(
      Transactions transactions,
      EvidenceRepository evidence,
      RejectedEvidenceRepository rejected,
      InstantSource clock) {
    this.transactions = transactions;
    this.evidence = evidence;
    this.rejected = rejected;
    this.clock = clock;
  }

  @Scheduled(initialDelay = "1h", fixedDelay = "1h")
  void keepOnTime() {
    try {
      keep();
    } catch (RuntimeException e) {
      LOG.warn("evidence was not kept in order; the next hour tries again", e);
    }
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
}
