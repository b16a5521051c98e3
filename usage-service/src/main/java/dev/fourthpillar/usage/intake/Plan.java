package dev.fourthpillar.usage.intake;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.store.EvidenceRepository;
import dev.fourthpillar.usage.store.KnownEvidence;
import dev.fourthpillar.usage.unit.Acceptance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a batch of reports will do, given what is stored: which reports are new, and which are one
 * call with each other and with stored units. Pure; decided before anything is written.
 */
final class Plan {

  /** What a report of the batch is, compared with what came before it. */
  enum Novelty {
    NEW,
    DUPLICATE,
    /** Kept beside the other content. */
    CONFLICT,
    /** Under an id that its client has used for something else: the first stands. */
    REFUSED
  }

  private final List<Evidence> batch;
  private final List<Novelty> novelties = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Integer> callOf = new ArrayList<>();

  private Plan(List<Evidence> batch) {
    this.batch = batch;
  }

  static Plan of(List<Evidence> batch, KnownEvidence known) {
    Plan plan = new Plan(batch);
    plan.classify(known);
    plan.join(known);
    return plan;
  }

  /** The calls that the batch speaks of, in the order of their first report. */
  List<Call> calls() {
    return calls;
  }

  /** Every stored unit that the batch changes. */
  NavigableSet<Long> touchedUnits() {
    NavigableSet<Long> touched = new TreeSet<>();
    calls.stream().filter(Call::changes).forEach(call -> touched.addAll(call.units));
    return touched;
  }

  /** New points of cumulative series. */
  List<SeriesPoint> cumulativePoints() {
    return calls.stream().flatMap(call -> call.cumulativePoints().stream()).toList();
  }

  List<Evidence> refused() {
    List<Evidence> refused = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (novelties.get(i) == Novelty.REFUSED) {
        refused.add(batch.get(i));
      }
    }
    return refused;
  }

  /**
   * What each report did, in the order of the batch.
   *
   * @param unitOf the unit of each call, once new ones are opened
   */
  List<Acceptance> acceptances(List<Long> unitOf) {
    Set<Integer> met = new HashSet<>();
    List<Acceptance> acceptances = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      int number = callOf.get(i);
      long unit = unitOf.get(number);
      boolean first = met.add(number);
      acceptances.add(
          switch (novelties.get(i)) {
            case NEW ->
                first && calls.get(number).units.isEmpty()
                    ? new Acceptance.Opened(unit)
                    : new Acceptance.Joined(unit, first ? calls.get(number).younger() : Set.of());
            case DUPLICATE -> new Acceptance.Duplicate(unit);
            case CONFLICT, REFUSED -> new Acceptance.Conflict(unit);
          });
    }
    return acceptances;
  }

  private void classify(KnownEvidence known) {
    Map<EvidenceKey, Set<Fingerprint>> seen = new HashMap<>();
    Map<Alias, EvidenceKey> recorded = new HashMap<>();
    for (Evidence report : batch) {
      Set<Fingerprint> versions =
          seen.computeIfAbsent(
              report.key(),
              key -> new HashSet<>(known.versions().getOrDefault(key, Map.of()).keySet()));
      Novelty novelty = novelty(report, versions, recorded, known);
      if (novelty != Novelty.REFUSED) {
        versions.add(report.content());
        usageId(report).forEach(alias -> recorded.putIfAbsent(alias, report.key()));
      }
      novelties.add(novelty);
    }
  }

  private static Novelty novelty(
      Evidence report,
      Set<Fingerprint> versions,
      Map<Alias, EvidenceKey> recorded,
      KnownEvidence known) {
    if (versions.contains(report.content())) {
      return Novelty.DUPLICATE;
    }
    if (report.signal() == UsageSignal.RECORDED) {
      boolean used =
          !versions.isEmpty()
              || usageId(report).stream()
                  .anyMatch(id -> recorded.containsKey(id) || known.unitOfAlias().containsKey(id));
      return used ? Novelty.REFUSED : Novelty.NEW;
    }
    // A hold's later account of an attempt replaces the one before it, and contradicts nothing.
    return versions.isEmpty() || report.signal() == UsageSignal.HOLD_ATTEMPT
        ? Novelty.NEW
        : Novelty.CONFLICT;
  }

  private static List<Alias> usageId(Evidence report) {
    return report.aliases().stream().filter(Alias::isUsage).toList();
  }

  /** Reports that share a key, an alias or a stored unit are one call, and so are their calls. */
  private void join(KnownEvidence known) {
    Components components = new Components(batch.size());
    Map<Object, Integer> holder = new HashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      for (Object bond : bonds(i, known)) {
        Integer other = holder.putIfAbsent(bond, i);
        if (other != null) {
          components.unite(other, i);
        }
      }
    }
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      int number = numbers.computeIfAbsent(components.of(i), _ -> numbers.size());
      if (number == calls.size()) {
        calls.add(new Call());
      }
      callOf.add(number);
      calls.get(number).add(batch.get(i), novelties.get(i), known);
    }
  }

  private List<Object> bonds(int index, KnownEvidence known) {
    Evidence report = batch.get(index);
    List<Object> bonds = new ArrayList<>();
    if (novelties.get(index) == Novelty.REFUSED) {
      // It belongs where its id was used first, and its other ids prove nothing.
      for (Alias id : usageId(report)) {
        bonds.add(id);
        addUnit(bonds, known.unitOfAlias().get(id));
      }
      return bonds;
    }
    bonds.add(report.key());
    addUnit(bonds, known.unitOfKey().get(report.key()));
    for (Alias alias : report.joins()) {
      bonds.add(alias);
      addUnit(bonds, known.unitOfAlias().get(alias));
    }
    return bonds;
  }

  private static void addUnit(List<Object> bonds, Long unit) {
    if (unit != null) {
      bonds.add(unit);
    }
  }

  /** One call of the batch: the stored units it turns out to be, and what is new about it. */
  static final class Call {
    private final NavigableSet<Long> units = new TreeSet<>();
    private final Map<EvidenceKey, Map<Fingerprint, Evidence>> reports = new LinkedHashMap<>();
    private final Map<EvidenceKey, Integer> contentsBefore = new HashMap<>();
    private final Map<EvidenceKey, Map<Fingerprint, Evidence>> earlier = new LinkedHashMap<>();
    private final Set<Alias> names = new HashSet<>();

    private void add(Evidence report, Novelty novelty, KnownEvidence known) {
      if (novelty == Novelty.REFUSED) {
        usageId(report).stream()
            .map(known.unitOfAlias()::get)
            .filter(unit -> unit != null)
            .forEach(units::add);
        return;
      }
      Long ofKey = known.unitOfKey().get(report.key());
      if (ofKey != null) {
        units.add(ofKey);
      }
      for (Alias alias : report.joins()) {
        Long ofAlias = known.unitOfAlias().get(alias);
        if (ofAlias == null) {
          names.add(alias);
        } else {
          units.add(ofAlias);
        }
      }
      Map<Fingerprint, Instant> before = known.versions().getOrDefault(report.key(), Map.of());
      Instant stored = before.get(report.content());
      if (stored == null) {
        contentsBefore.put(report.key(), before.size());
        keep(reports, report);
      } else if (report.eventTime().isBefore(stored)) {
        keep(earlier, report);
      }
    }

    /** Of one content the earliest. */
    private static void keep(Map<EvidenceKey, Map<Fingerprint, Evidence>> kept, Evidence report) {
      kept.computeIfAbsent(report.key(), _ -> new LinkedHashMap<>())
          .merge(report.content(), report, Call::earlier);
    }

    private static Evidence earlier(Evidence left, Evidence right) {
      return right.eventTime().isBefore(left.eventTime()) ? right : left;
    }

    /** Whether anything has to be written: an exact duplicate changes nothing. */
    boolean changes() {
      return units.size() != 1 || !reports.isEmpty() || !earlier.isEmpty() || !names.isEmpty();
    }

    /** The stored units that are this call; the first survives. */
    NavigableSet<Long> units() {
      return units;
    }

    NavigableSet<Long> younger() {
      return units.isEmpty() ? new TreeSet<>() : new TreeSet<>(units.tailSet(units.first(), false));
    }

    /** What is to be stored, for that unit. */
    List<EvidenceRepository.Placed> placed(long unit) {
      List<EvidenceRepository.Placed> placed = new ArrayList<>();
      reports.forEach(
          (key, contents) -> {
            int ordinal = contentsBefore.getOrDefault(key, 0);
            for (Evidence report : contents.values()) {
              placed.add(new EvidenceRepository.Placed(report, unit, ordinal));
              ordinal++;
            }
          });
      return placed;
    }

    /** What is stored with a later time. */
    List<Evidence> earlier() {
      return all(earlier);
    }

    /** Reports whose content is new. */
    List<Evidence> reports() {
      return all(reports);
    }

    private static List<Evidence> all(Map<EvidenceKey, Map<Fingerprint, Evidence>> kept) {
      return kept.values().stream().flatMap(versions -> versions.values().stream()).toList();
    }

    /** New points of cumulative series: what they add depends on those before them. */
    List<SeriesPoint> cumulativePoints() {
      return reports().stream()
          .flatMap(report -> report.point().stream())
          .filter(SeriesPoint::cumulative)
          .toList();
    }

    /** Aliases that are new. */
    Set<Alias> names() {
      return names;
    }
  }
}
