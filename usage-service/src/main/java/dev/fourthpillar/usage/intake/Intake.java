package dev.fourthpillar.usage.intake;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.settle.Valuation;
import dev.fourthpillar.usage.store.CopyStore;
import dev.fourthpillar.usage.store.EvidenceRepository;
import dev.fourthpillar.usage.store.EvidenceRepository.Placed;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository;
import dev.fourthpillar.usage.store.SeriesRepository;
import dev.fourthpillar.usage.store.UnitRepository;
import dev.fourthpillar.usage.unit.Acceptance;
import dev.fourthpillar.usage.unit.UnitEvidence;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Takes reports in: tells new ones from known ones, finds the calls they are about, stores them and
 * has the calls valued, all in the caller's transaction. Set-based: the number of statements does
 * not depend on the number of reports.
 *
 * <p>What has no row yet cannot be locked. So a batch is planned on what is committed, and its rows
 * are written where the unique ids of calls and keys of reports stand: whoever comes second waits
 * there, and looks again. Locks are taken in one order by everybody (units, then ids, then keys,
 * each ascending; groups of cumulative series before all of them), so that batches wait for each
 * other, and not in a circle.
 */
@Singleton
public final class Intake {

  /**
   * Each attempt that fails has seen what another sender committed meanwhile; so many senders do
   * not have the same new calls at once.
   */
  private static final int MAX_ATTEMPTS = 50;

  private static final String BEFORE_LOOKING = "before_looking";

  private final EvidenceRepository evidence;
  private final UnitRepository units;
  private final RejectedEvidenceRepository rejected;
  private final Valuation valuation;
  private final SeriesRepository points = new SeriesRepository();

  public Intake(
      EvidenceRepository evidence,
      UnitRepository units,
      RejectedEvidenceRepository rejected,
      Valuation valuation) {
    this.evidence = evidence;
    this.units = units;
    this.rejected = rejected;
    this.valuation = valuation;
  }

  /**
   * What each report did, in the order of the batch. Holds its locks until the transaction ends.
   */
  public List<Acceptance> accept(Handle handle, List<Evidence> batch, Instant receivedAt) {
    if (batch.isEmpty()) {
      return List.of();
    }
    Set<EvidenceKey> keys = new HashSet<>();
    Set<Alias> aliases = new HashSet<>();
    for (Evidence report : batch) {
      keys.add(report.key());
      aliases.addAll(report.joins());
    }
    Set<GroupKey> series = new HashSet<>();
    batch.stream()
        .filter(report -> report.point().filter(SeriesPoint::cumulative).isPresent())
        .forEach(report -> series.add(report.group()));
    if (!series.isEmpty()) {
      points.lock(handle, series);
    }
    // The database would round it, and a call that was first received later than now waits for now.
    Instant now = receivedAt.truncatedTo(ChronoUnit.MICROS);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      handle.savepoint(BEFORE_LOOKING);
      Plan plan = Plan.of(batch, evidence.find(handle, keys, aliases));
      Optional<Written> written = write(handle, plan, now);
      if (written.isPresent()) {
        handle.releaseSavepoint(BEFORE_LOOKING);
        return finish(handle, plan, written.get(), now);
      }
      // Gives the locks back as well: taken again, they are taken in order.
      handle.rollbackToSavepoint(BEFORE_LOOKING);
    }
    throw Failure.of(
            Reason.CONFLICTING_CHANGE,
            "the calls of this batch were joined with others at the same time; retry")
        .asException();
  }

  /**
   * What a plan has become.
   *
   * @param unitOf the unit of each call
   * @param changed units that were there before
   * @param opened new units
   */
  private record Written(List<Long> unitOf, SortedSet<Long> changed, List<UnitEvidence> opened) {}

  /** Empty if the stored units are not, or no longer, what they were when the plan was made. */
  private Optional<Written> write(Handle handle, Plan plan, Instant now) {
    List<SeriesPoint> series = plan.cumulativePoints();
    SortedSet<Long> successors =
        series.isEmpty() ? new TreeSet<>() : points.unitsAfter(handle, series);
    SortedSet<Long> touched = new TreeSet<>(plan.touchedUnits());
    touched.addAll(successors);
    if (!touched.isEmpty()
        && units.lock(handle, touched).values().stream().anyMatch(OptionalLong::isPresent)) {
      return Optional.empty();
    }
    try {
      Written written = store(handle, plan, now);
      written.changed().addAll(successors);
      return Optional.of(written);
    } catch (CopyStore.AlreadyThere _) {
      return Optional.empty();
    }
  }

  private Written store(Handle handle, Plan plan, Instant now) {
    int opening = (int) plan.calls().stream().filter(call -> call.units().isEmpty()).count();
    List<Long> ids = opening == 0 ? List.of() : units.open(handle, opening, now);

    int next = 0;
    List<Long> unitOf = new ArrayList<>();
    SortedMap<Long, Long> merged = new TreeMap<>();
    SortedMap<Alias, Long> names = new TreeMap<>();
    List<Placed> reports = new ArrayList<>();
    List<Evidence> earlier = new ArrayList<>();
    SortedSet<Long> changed = new TreeSet<>();
    List<UnitEvidence> opened = new ArrayList<>();
    for (Plan.Call call : plan.calls()) {
      boolean opens = call.units().isEmpty();
      long unit = opens ? ids.get(next++) : call.units().first();
      unitOf.add(unit);
      if (call.changes()) {
        call.younger().forEach(younger -> merged.put(younger, unit));
        call.names().forEach(name -> names.put(name, unit));
        reports.addAll(call.placed(unit));
        earlier.addAll(call.earlier());
        // What a cumulative point adds depends on stored ones.
        if (opens && call.cumulativePoints().isEmpty()) {
          opened.add(UnitEvidence.opened(unit, call.reports()));
        } else {
          changed.add(unit);
        }
      }
    }
    changed.addAll(merged.keySet());

    if (!merged.isEmpty()) {
      units.merge(handle, merged);
    }
    if (!names.isEmpty()) {
      units.name(handle, names);
    }
    if (!reports.isEmpty()) {
      evidence.store(handle, reports, now);
    }
    if (!earlier.isEmpty()) {
      evidence.retime(handle, earlier);
    }
    return new Written(unitOf, changed, opened);
  }

  private List<Acceptance> finish(Handle handle, Plan plan, Written written, Instant now) {
    rejected.conflicts(handle, plan.refused(), now);
    if (!written.changed().isEmpty() || !written.opened().isEmpty()) {
      valuation.revalue(handle, written.changed(), written.opened(), now);
    }
    return plan.acceptances(written.unitOf());
  }
}
