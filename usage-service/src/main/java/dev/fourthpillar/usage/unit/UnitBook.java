package dev.fourthpillar.usage.unit;

import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The reference model of deduplication and of what makes several reports one call. In memory and
 * unbounded, so for tests and for small replays: it is what the stored implementation is measured
 * against. Whatever the order of arrival, the same evidence ends in the same units with the same
 * quantities; only their numbers differ. Not thread-safe.
 */
public final class UnitBook {

  private final Map<EvidenceKey, Map<Fingerprint, Evidence>> evidence = new HashMap<>();
  private final Map<EvidenceKey, Long> unitOfKey = new HashMap<>();
  private final Map<Alias, Long> unitOfAlias = new HashMap<>();
  private final Map<Long, Members> members = new TreeMap<>();
  private final Map<Long, Long> voided = new TreeMap<>();
  private long next = 1;

  public Acceptance accept(Evidence report) {
    Map<Fingerprint, Evidence> versions =
        evidence.computeIfAbsent(report.key(), key -> new HashMap<>());
    boolean knownKey = !versions.isEmpty();
    boolean knownContent = versions.containsKey(report.content());
    versions.merge(report.content(), report, UnitBook::earlier);

    Set<Long> touched = touched(report);
    boolean opened = touched.isEmpty();
    long survivor = opened ? open() : touched.stream().min(Comparator.naturalOrder()).orElseThrow();
    touched.remove(survivor);
    touched.forEach(younger -> merge(survivor, younger));
    add(survivor, report);

    if (opened) {
      return new Acceptance.Opened(survivor);
    }
    if (!knownKey) {
      return new Acceptance.Joined(survivor, touched);
    }
    return knownContent ? new Acceptance.Duplicate(survivor) : new Acceptance.Conflict(survivor);
  }

  /** The calls that count. */
  public List<Unit> units() {
    return views(Choice::counted);
  }

  /**
   * Calls only lower signals speak of. Whether they count is for the election of signals to decide,
   * not for ids.
   */
  public List<Unit> unelected() {
    return views(reports -> !Choice.counted(reports));
  }

  /** Voided units and the older ones they proved to be, directly or through others. */
  public Map<Long, Long> voided() {
    return Map.copyOf(voided);
  }

  private Set<Long> touched(Evidence report) {
    Set<Long> touched = new HashSet<>();
    Long sameKey = unitOfKey.get(report.key());
    if (sameKey != null) {
      touched.add(sameKey);
    }
    for (Alias alias : report.joins()) {
      Long sameCall = unitOfAlias.get(alias);
      if (sameCall != null) {
        touched.add(sameCall);
      }
    }
    return touched;
  }

  private long open() {
    long number = next++;
    members.put(number, new Members());
    return number;
  }

  private void merge(long survivor, long younger) {
    Members moved = members.remove(younger);
    moved.keys.forEach(key -> unitOfKey.put(key, survivor));
    moved.aliases.forEach(alias -> unitOfAlias.put(alias, survivor));
    Members kept = members.get(survivor);
    kept.keys.addAll(moved.keys);
    kept.aliases.addAll(moved.aliases);
    voided.replaceAll((gone, into) -> into == younger ? survivor : into);
    voided.put(younger, survivor);
  }

  private void add(long unit, Evidence report) {
    Members kept = members.get(unit);
    kept.keys.add(report.key());
    kept.aliases.addAll(report.joins());
    unitOfKey.put(report.key(), unit);
    report.joins().forEach(alias -> unitOfAlias.put(alias, unit));
  }

  private List<Unit> views(Predicate<List<Evidence>> wanted) {
    List<Unit> views = new ArrayList<>();
    members.forEach(
        (number, unit) -> {
          List<Evidence> reports =
              unit.keys.stream().flatMap(key -> evidence.get(key).values().stream()).toList();
          if (wanted.test(reports)) {
            views.add(view(number, unit, reports));
          }
        });
    return views;
  }

  private Unit view(long number, Members unit, List<Evidence> reports) {
    return new Unit(
        number,
        unit.keys,
        unit.aliases,
        Choice.pricing(reports),
        Choice.attribution(reports),
        unit.keys.stream().anyMatch(key -> evidence.get(key).size() > 1),
        Window.of(reports, before(reports))
            .map(Window::quantities)
            .orElseGet(() -> Choice.pricing(reports).quantities()));
  }

  /** The value of each cumulative run of these points just before their window. */
  private Map<SeriesPoint.Run, Long> before(List<Evidence> reports) {
    Map<SeriesPoint.Run, SeriesPoint> last = new HashMap<>();
    for (Evidence report : reports) {
      report
          .point()
          .ifPresent(
              point ->
                  evidence.values().stream()
                      .flatMap(versions -> versions.values().stream())
                      .flatMap(other -> other.point().stream())
                      .filter(other -> other.run().equals(point.run()))
                      .filter(other -> other.windowStart().isBefore(point.windowStart()))
                      .forEach(other -> last.merge(other.run(), other, UnitBook::later)));
    }
    Map<SeriesPoint.Run, Long> before = new HashMap<>();
    last.forEach((run, point) -> before.put(run, point.value()));
    return before;
  }

  private static SeriesPoint later(SeriesPoint left, SeriesPoint right) {
    return Comparator.comparingLong(SeriesPoint::timeNanos)
                .thenComparingLong(SeriesPoint::value)
                .compare(left, right)
            >= 0
        ? left
        : right;
  }

  /** A resend may have been observed, or clamped, later than the original. */
  private static Evidence earlier(Evidence left, Evidence right) {
    return right.eventTime().isBefore(left.eventTime()) ? right : left;
  }

  private static final class Members {
    final Set<EvidenceKey> keys = new HashSet<>();
    final Set<Alias> aliases = new HashSet<>();
  }
}
