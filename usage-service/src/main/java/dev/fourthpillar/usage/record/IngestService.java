package dev.fourthpillar.usage.record;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.storage.StorageFailures;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.intake.DeduplicationConfig;
import dev.fourthpillar.usage.intake.Intake;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository.Rejected;
import dev.fourthpillar.usage.unit.Acceptance;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Takes recorded usage in, a batch in one transaction. */
@Singleton
final class IngestService {
  private final Transactions transactions;
  private final Intake intake;
  private final RejectedEvidenceRepository rejected;
  private final DeduplicationConfig deduplication;
  private final InstantSource clock;

  IngestService(
      Transactions transactions,
      Intake intake,
      RejectedEvidenceRepository rejected,
      DeduplicationConfig deduplication,
      InstantSource clock) {
    this.transactions = transactions;
    this.intake = intake;
    this.rejected = rejected;
    this.deduplication = deduplication;
    this.clock = clock;
  }

  /** What became of each, in their order. */
  List<Result> record(List<Recording> recordings) {
    Instant now = clock.instant();
    List<Evidence> reports = new ArrayList<>();
    List<Rejected> refused = new ArrayList<>();
    for (Recording recording : recordings) {
      Optional<Rejection> rejection = recording.rejection(now, deduplication.window());
      if (rejection.isPresent()) {
        refused.add(Rejected.of(recording.evidence(now), rejection.get().name()));
      } else {
        reports.add(recording.evidence(now));
      }
    }
    List<Acceptance> acceptances = store(reports, refused, now);
    Iterator<Acceptance> next = acceptances.iterator();
    return recordings.stream().map(recording -> result(recording, now, next)).toList();
  }

  private List<Acceptance> store(List<Evidence> reports, List<Rejected> refused, Instant now) {
    try {
      return transactions.run(
          handle -> {
            List<Acceptance> accepted = intake.accept(handle, reports, now);
            rejected.store(handle, refused, now);
            return accepted;
          });
    } catch (RuntimeException thrown) {
      // Whether it was stored or not: sent again, it is not counted twice. So a client may be told
      // to.
      throw StorageFailures.find(thrown)
          .filter(failure -> failure.reason() == Reason.OUTCOME_UNKNOWN)
          .map(
              _ ->
                  (RuntimeException)
                      Failure.of(
                              Reason.STORAGE_UNAVAILABLE,
                              "not known to be stored; send it again: it is not counted twice")
                          .asException())
          .orElse(thrown);
    }
  }

  private Result result(Recording recording, Instant now, Iterator<Acceptance> acceptances) {
    Optional<Rejection> rejection = recording.rejection(now, deduplication.window());
    if (rejection.isPresent()) {
      return Result.rejected(recording.usageId(), rejection.get());
    }
    return Result.of(
        recording.usageId(),
        switch (acceptances.next()) {
          case Acceptance.Opened _, Acceptance.Joined _ -> Result.Outcome.ACCEPTED;
          case Acceptance.Duplicate _ -> Result.Outcome.DUPLICATE;
          case Acceptance.Conflict _ -> Result.Outcome.CONFLICT;
        });
  }
}
