package dev.fourthpillar.usage.gate;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The collection gates of all countries at all times. Immutable. */
public final class Gates {
  /** Since when a listed country is closed. */
  private static final Instant START = Instant.EPOCH;

  private final Set<String> closedFromTheStart;
  private final Map<String, NavigableMap<Instant, GateChange>> changes = new HashMap<>();

  Gates(Set<String> closedFromTheStart, Collection<GateChange> changes) {
    this.closedFromTheStart = Set.copyOf(closedFromTheStart);
    changes.stream()
        .sorted(Comparator.comparingLong(GateChange::version))
        .forEach(
            change ->
                this.changes
                    .computeIfAbsent(change.country(), _ -> new TreeMap<>())
                    .put(change.since(), change));
  }

  /**
   * Since when the gate is closed for a call at that time; empty when it is open. The time names
   * the interval: one pseudonym for each.
   */
  public Optional<Instant> closedSince(String country, Instant eventTime) {
    NavigableMap<Instant, GateChange> known = changes.getOrDefault(country, new TreeMap<>());
    Optional<Instant> closed = Optional.empty();
    for (GateChange change : known.headMap(eventTime, true).descendingMap().values()) {
      if (change.open()) {
        return closed;
      }
      closed = Optional.of(change.since());
    }
    return closedFromTheStart.contains(country) ? Optional.of(START) : closed;
  }

  /** What holds at that time; empty where nothing was ever recorded. */
  Optional<GateChange> at(String country, Instant time) {
    return Optional.ofNullable(changes.getOrDefault(country, new TreeMap<>()).floorEntry(time))
        .map(Map.Entry::getValue);
  }

  boolean closedFromTheStart(String country) {
    return closedFromTheStart.contains(country);
  }
}
