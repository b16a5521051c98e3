package dev.fourthpillar.usage.intake;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.settle.Valuation;
import dev.fourthpillar.usage.store.EvidenceRepository;
import dev.fourthpillar.usage.store.EvidenceRepository.Placed;
import dev.fourthpillar.usage.store.KnownEvidence;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository;
import dev.fourthpillar.usage.store.UnitRepository;
import dev.fourthpillar.usage.unit.Acceptance;
import dev.fourthpillar.usage.unit.UnitEvidence;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * <p>Locks are taken in one order by everybody: stripes of keys and aliases ascending, then units
 * ascending. So batches wait for each other, and never in a circle.
 */
@Singleton
public final class Intake {

  /**
   * More stripes let more small batches pass beside each other; each is an entry in the database's
   * lock table, which has room for a few thousand.
   */
  private static final int STRIPES = 256;

  /** Units that a batch found may be merged by another before it has them locked. */
  private static final int MAX_ATTEMPTS = 10;

  private static final String BEFORE_LOOKING = "before_looking";

  private final EvidenceRepository evidence;
  private final UnitRepository units;
  private final RejectedEvidenceRepository rejected;
  private final Valuation valuation;

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
    units.lockStripes(handle, stripes(keys, aliases));
    // The database would round it, and a call that was first received later than now waits for now.
    Instant now = receivedAt.truncatedTo(ChronoUnit.MICROS);
    return write(handle, planned(handle, batch, keys, aliases), now);
  }

  private static SortedSet<Integer> stripes(Set<EvidenceKey> keys, Set<Alias> aliases) {
    SortedSet<Integer> stripes = new TreeSet<>();
    // String and long hashes are the same in every JVM, so replicas agree on the stripe.
    keys.forEach(key -> stripes.add(Math.floorMod(Long.hashCode(key.hash().low()), STRIPES)));
    aliases.forEach(alias -> stripes.add(Math.floorMod(alias.id().hashCode(), STRIPES)));
    return stripes;
  }

  /** A plan whose units are locked and are still what they were when it was made. */
  private Plan planned(
      Handle handle, List<Evidence> batch, Set<EvidenceKey> keys, Set<Alias> aliases) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      handle.savepoint(BEFORE_LOOKING);
      KnownEvidence known = evidence.find(handle, keys, aliases);
      Plan plan = Plan.of(batch, known);
      SortedSet<Long> touched = plan.touchedUnits();
      boolean asTheyWere =
          touched.isEmpty()
              || units.lock(handle, touched).values().stream().noneMatch(into -> into.isPresent());
      if (asTheyWere) {
        handle.releaseSavepoint(BEFORE_LOOKING);
        return plan;
      }
      // Gives the locks back as well: taken again, they are taken in order.
      handle.rollbackToSavepoint(BEFORE_LOOKING);
    }
    throw Failure.of(
            Reason.CONFLICTING_CHANGE,
            "the calls of this batch were joined with others at the same time; retry")
        .asException();
  }

  private List<Acceptance> write(Handle handle, Plan plan, Instant receivedAt) {
    int opening = (int) plan.calls().stream().filter(call -> call.units().isEmpty()).count();
    List<Long> opened = opening == 0 ? List.of() : units.open(handle, opening, receivedAt);

    int next = 0;
    List<Long> unitOf = new ArrayList<>();
    SortedMap<Long, Long> merged = new TreeMap<>();
    SortedMap<Alias, Long> names = new TreeMap<>();
    List<Placed> reports = new ArrayList<>();
    SortedSet<Long> changed = new TreeSet<>();
    List<UnitEvidence> unheardOf = new ArrayList<>();
    for (Plan.Call call : plan.calls()) {
      boolean opens = call.units().isEmpty();
      long unit = opens ? opened.get(next++) : call.units().first();
      unitOf.add(unit);
      if (call.changes()) {
        call.younger().forEach(younger -> merged.put(younger, unit));
        call.names().forEach(name -> names.put(name, unit));
        call.reports().forEach(report -> reports.add(new Placed(report, unit)));
        if (opens) {
          unheardOf.add(UnitEvidence.opened(unit, call.reports()));
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
      evidence.store(handle, reports, receivedAt);
    }
    rejected.conflicts(handle, plan.refused(), receivedAt);
    if (!changed.isEmpty() || !unheardOf.isEmpty()) {
      valuation.revalue(handle, changed, unheardOf, receivedAt);
    }
    return plan.acceptances(unitOf);
  }
}
