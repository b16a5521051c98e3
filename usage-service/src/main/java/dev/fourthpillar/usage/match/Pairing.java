package dev.fourthpillar.usage.match;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which calls of one engineer were made under which holds, where no id says so. One to one, and the
 * same whatever the order in which they are given.
 */
final class Pairing {
  /** What two clocks, and the time between a reservation and its call, may differ. */
  static final Duration WITHIN = Duration.ofMinutes(10);

  private Pairing() {}

  /**
   * A call that a tool reports.
   *
   * @param model with its provider
   * @param quantities of each kind, in one form
   */
  record Call(long unit, Instant time, String model, String quantities) {}

  /**
   * A call that only its hold speaks of.
   *
   * @param quantities empty where nobody has measured it
   */
  record Held(long unit, Instant reserved, Instant ended, String model, String quantities) {}

  /** That these two are one. */
  record Pair(long held, long call) {}

  private record Kind(String model, String quantities) {}

  private record Distance(Held held, Call call, Duration apart) {}

  /** By exact quantities first; what was only estimated takes the nearest of what is left. */
  static List<Pair> of(List<Held> holds, List<Call> calls) {
    List<Pair> pairs = new ArrayList<>(exact(holds, calls));
    Set<Long> taken = new HashSet<>();
    pairs.forEach(pair -> taken.add(pair.call()));
    pairs.addAll(
        nearest(
            holds.stream().filter(held -> held.quantities().isEmpty()).toList(),
            calls.stream().filter(call -> !taken.contains(call.unit())).toList()));
    return pairs;
  }

  /** Both in the order of time: the earliest that fits leaves most for the later ones. */
  private static List<Pair> exact(List<Held> holds, List<Call> calls) {
    Map<Kind, List<Held>> byKind = new HashMap<>();
    holds.stream()
        .filter(held -> !held.quantities().isEmpty())
        .sorted(Comparator.comparing(Held::reserved).thenComparing(Held::unit))
        .forEach(
            held ->
                byKind
                    .computeIfAbsent(
                        new Kind(held.model(), held.quantities()), _ -> new ArrayList<>())
                    .add(held));
    Map<Kind, Integer> next = new HashMap<>();
    List<Pair> pairs = new ArrayList<>();
    List<Call> inOrder =
        calls.stream().sorted(Comparator.comparing(Call::time).thenComparing(Call::unit)).toList();
    for (Call call : inOrder) {
      Kind kind = new Kind(call.model(), call.quantities());
      List<Held> same = byKind.getOrDefault(kind, List.of());
      int at = next.getOrDefault(kind, 0);
      while (at < same.size() && same.get(at).reserved().isBefore(call.time().minus(WITHIN))) {
        at++;
      }
      if (at < same.size() && !same.get(at).reserved().isAfter(call.time().plus(WITHIN))) {
        pairs.add(new Pair(same.get(at).unit(), call.unit()));
        at++;
      }
      next.put(kind, at);
    }
    return pairs;
  }

  private static List<Pair> nearest(List<Held> holds, List<Call> calls) {
    List<Distance> distances = new ArrayList<>();
    for (Held held : holds) {
      for (Call call : calls) {
        boolean inside =
            !call.time().isBefore(held.reserved()) && !call.time().isAfter(held.ended());
        if (inside && call.model().equals(held.model())) {
          distances.add(new Distance(held, call, Duration.between(held.reserved(), call.time())));
        }
      }
    }
    distances.sort(
        Comparator.comparing(Distance::apart)
            .thenComparing(distance -> distance.held().unit())
            .thenComparing(distance -> distance.call().unit()));
    Set<Long> taken = new HashSet<>();
    List<Pair> pairs = new ArrayList<>();
    for (Distance distance : distances) {
      if (!taken.contains(distance.held().unit()) && !taken.contains(distance.call().unit())) {
        taken.add(distance.held().unit());
        taken.add(distance.call().unit());
        pairs.add(new Pair(distance.held().unit(), distance.call().unit()));
      }
    }
    return pairs;
  }
}
