package dev.fourthpillar.charging.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * An order of arrival.
 *
 * @param known what comes first
 * @param arriving the rest, in order, with repetitions
 */
public record Schedule(List<Delivery> known, List<Delivery> arriving) {
  public Schedule {
    known = List.copyOf(known);
    arriving = List.copyOf(arriving);
  }

  /** The same deliveries, each at least once, in another order. */
  public Schedule shuffled(Random random) {
    List<Delivery> others = new ArrayList<>(new LinkedHashSet<>(arriving));
    List.copyOf(others).stream().filter(_ -> random.nextInt(4) == 0).forEach(others::add);
    Collections.shuffle(others, random);
    return new Schedule(known, others);
  }

  public List<Delivery> inOrder() {
    List<Delivery> all = new ArrayList<>(known);
    all.addAll(arriving);
    return all;
  }

  /** Without any order. */
  public Set<Delivery> delivered() {
    return new HashSet<>(inOrder());
  }
}
