package dev.fourthpillar.comp.packages;

import static dev.fourthpillar.comp.api.CompFailureMapper.answered;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.access.AccessLog;
import dev.fourthpillar.comp.access.AccessLog.What;
import dev.fourthpillar.comp.entitle.Entitlements;
import dev.fourthpillar.comp.entitle.Segment;
import dev.fourthpillar.comp.entitle.Stretch;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.people.EngineerRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What can be done with packages. Owns the transactions. */
@Singleton
final class PackagesService {
  private final Transactions transactions;
  private final Outcomes outcomes;
  private final EngineerRepository engineers;
  private final PackageRepository packages;
  private final AccessLog accessLog;
  private final InstantSource clock;
  private final AnswerCodec<PackageRecord> codec;

  PackagesService(
      Transactions transactions,
      Outcomes outcomes,
      EngineerRepository engineers,
      PackageRepository packages,
      AccessLog accessLog,
      InstantSource clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.engineers = engineers;
    this.packages = packages;
    this.accessLog = accessLog;
    this.clock = clock;
    this.codec = RecordMapper.ANSWER_CODEC;
  }

  PackageRecord record(MutatingRequest request, String engineer, PackageChange change) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle,
                    request,
                    codec,
                    () -> decide(handle, request.subject(), engineer, change)))
        .orThrow();
  }

  private Decision<PackageRecord> decide(
      Handle handle, String author, String engineer, PackageChange change) {
    try {
      return Decision.accepted(record(handle, author, engineer, change));
    } catch (FailureException refused) {
      return Decision.refused(refused.failure());
    }
  }

  private PackageRecord record(Handle handle, String author, String id, PackageChange change) {
    Engineer engineer =
        engineers
            .findForUpdate(handle, id)
            .orElseThrow(() -> EngineerRepository.unknown(id).asException());
    LocalDate from = change.effectiveFrom();
    engineer
        .notEmployedOn(from)
        .ifPresent(
            failure -> {
              throw failure.asException();
            });
    StoredPackage stored = stored(handle, id, change);
    requireInRange(from, stored.pack().start());
    List<Segment> before = entitlement(handle, id, "");
    Instant now = packages.nextRecordTime(handle, id, engineers.now(handle));
    PackageRecord record =
        new PackageRecord(UuidCreator.getTimeOrderedEpoch(), id, from, now, stored);
    packages.add(handle, record);
    engineers.tell(handle, EntitlementMapper.changed(id, from, engineers.nextVersion(handle, id)));
    List<Segment> after = entitlement(handle, id, change.path());
    if (!after.equals(before)) {
      engineers.tell(
          handle,
          EntitlementMapper.entitled(
              engineer,
              after,
              new EntitlementMapper.By(author, change.reason()),
              engineers.nextVersion(handle, id),
              EntitlementMapper.field(change.path(), stored.pack())));
    }
    return record;
  }

  private StoredPackage stored(Handle handle, String engineer, PackageChange change) {
    return switch (change) {
      case PackageChange.Whole whole -> whole.stored();
      case PackageChange.Part part ->
          part.change()
              .apply(
                  packages
                      .inEffect(handle, engineer, part.effectiveFrom(), Optional.empty())
                      .orElseThrow(
                          () -> notRecorded(engineer, part.effectiveFrom(), "effective_date"))
                      .stored());
    };
  }

  /**
   * @param path of the package in the request, for violations
   */
  private List<Segment> entitlement(Handle handle, String engineer, String path) {
    List<Stretch> timeline =
        packages.timeline(handle, engineer, Optional.empty()).stream()
            .map(record -> new Stretch(record.effectiveFrom(), record.pack()))
            .toList();
    List<Segment> segments = answered(() -> Checks.under(path, () -> Entitlements.of(timeline)));
    if (segments.size() > Entitlements.MAX_SEGMENTS) {
      throw Failure.of(
              Reason.LIMIT_EXCEEDED,
              "entitlement of '%s': %d segments (expected: at most %d)"
                  .formatted(engineer, segments.size(), Entitlements.MAX_SEGMENTS))
          .with("limit", "entitlement_segments")
          .with("max", Integer.toString(Entitlements.MAX_SEGMENTS))
          .with("actual", Integer.toString(segments.size()))
          .asException();
    }
    return segments;
  }

  private static void requireInRange(LocalDate effectiveFrom, LocalDate start) {
    if (effectiveFrom.isBefore(start) || effectiveFrom.isAfter(Checks.LATEST_DATE)) {
      throw Failure.invalidField(
              "effective_date",
              "must be from the package's start, %s, to %s; it is %s"
                  .formatted(start, Checks.LATEST_DATE, effectiveFrom),
              "packages.effective_date")
          .asException();
    }
  }

  PackageRecord get(Caller caller, String id, Optional<LocalDate> asOf, Optional<Instant> knownAt) {
    return transactions.run(
        handle -> {
          Engineer engineer = engineers.get(handle, id);
          LocalDate day =
              asOf.orElseGet(
                  () -> LocalDate.ofInstant(clock.instant(), engineer.profile().timeZone()));
          PackageRecord record =
              packages
                  .inEffect(handle, id, day, knownAt)
                  .orElseThrow(() -> notRecorded(id, day, "as_of_date"));
          accessLog.record(handle, caller, id, What.PACKAGE, engineers.now(handle));
          return record;
        });
  }

  Page<PackageRecord> list(Caller caller, String id, PageRequest page) {
    return transactions.run(
        handle -> {
          engineers.get(handle, id);
          accessLog.record(handle, caller, id, What.PACKAGES, engineers.now(handle));
          return packages.list(handle, id, page);
        });
  }

  private static FailureException notRecorded(String engineer, LocalDate day, String field) {
    return Failure.of(
            Reason.NOT_RECORDED, "no package of '%s' is in effect on %s".formatted(engineer, day))
        .with("missing", "package")
        .with("field", field)
        .asException();
  }
}
