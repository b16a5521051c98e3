package dev.fourthpillar.comp.metered;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * How far the charges of a person reach.
 *
 * @param place of the last charge that is in the sums
 * @param firstUsage the earliest minute that was charged for
 * @param lastUsage the latest one
 */
record Reach(String engineer, FeedPlace place, Instant firstUsage, Instant lastUsage) {

  /** One for each person, by id. */
  static List<Reach> of(Collection<Charge> charges) {
    var reaches = new TreeMap<String, Reach>();
    for (Charge charge : charges) {
      var one =
          new Reach(charge.engineer(), charge.place(), charge.usageMinute(), charge.usageMinute());
      reaches.merge(charge.engineer(), one, Reach::with);
    }
    return List.copyOf(reaches.values());
  }

  private Reach with(Reach other) {
    return new Reach(
        engineer,
        place.later(other.place),
        firstUsage.isBefore(other.firstUsage) ? firstUsage : other.firstUsage,
        lastUsage.isAfter(other.lastUsage) ? lastUsage : other.lastUsage);
  }
}
