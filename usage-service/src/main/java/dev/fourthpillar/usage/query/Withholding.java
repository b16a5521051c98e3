package dev.fourthpillar.usage.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which groups a manager is not shown. Small ones; and those that would tell of small ones by
 * subtraction: whoever knows a sum and all of its parts but one knows that part. Every sum that can
 * be asked for is looked at (over any of the dimensions, over all pages, with and without each
 * filter): what is missing of it has to be nobody, or enough people.
 */
final class Withholding {
  private final int smallest;
  private final boolean everything;
  private final Map<Cell, Set<String>> hidden;

  private Withholding(int smallest, boolean everything, Map<Cell, Set<String>> hidden) {
    this.smallest = smallest;
    this.everything = everything;
    this.hidden = hidden;
  }

  /**
   * A group that is too small, and who is in it.
   *
   * @param key as that of {@link UsageSums}
   */
  record Small(List<String> key, Set<String> people) {
    Small {
      key = List.copyOf(key);
      people = Set.copyOf(people);
    }
  }

  /**
   * Usage of a person that a filter leaves out.
   *
   * @param filters the filters that it does not pass, as bits
   */
  record LeftOut(int filters, String person) {}

  /** A sum over some of the dimensions: those that are set, and their values. */
  private record Cell(int dimensions, List<String> values) {}

  /** How many sums a group is a part of. */
  static int sums(int dimensions) {
    return 1 << dimensions;
  }

  /**
   * @param smallest how many people may be shown
   * @param small all groups of the whole answer that are smaller
   * @param leftOut of the whole answer
   */
  static Withholding of(int smallest, Collection<Small> small, Collection<LeftOut> leftOut) {
    Map<Cell, Set<String>> hidden = new HashMap<>();
    for (Small group : small) {
      for (int dimensions = 0; dimensions < sums(group.key().size()); dimensions++) {
        hidden
            .computeIfAbsent(cell(dimensions, group.key()), _ -> new HashSet<>())
            .addAll(group.people());
      }
    }
    return new Withholding(smallest, tells(smallest, leftOut), hidden);
  }

  /** Whether the same question with some of the filters left away would tell of few people. */
  private static boolean tells(int smallest, Collection<LeftOut> leftOut) {
    int all = leftOut.stream().mapToInt(LeftOut::filters).reduce(0, (a, b) -> a | b);
    for (int away = all; away > 0; away = (away - 1) & all) {
      int without = away;
      long people =
          leftOut.stream()
              .filter(one -> (one.filters() & ~without) == 0)
              .map(LeftOut::person)
              .distinct()
              .count();
      if (people > 0 && people < smallest) {
        return true;
      }
    }
    return false;
  }

  boolean shows(UsageSums group) {
    if (everything || group.people() < smallest) {
      return false;
    }
    for (int dimensions = 0; dimensions < sums(group.key().size()); dimensions++) {
      int missing = hidden.getOrDefault(cell(dimensions, group.key()), Set.of()).size();
      if (missing > 0 && missing < smallest) {
        return false;
      }
    }
    return true;
  }

  private static Cell cell(int dimensions, List<String> key) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      if ((dimensions & 1 << i) != 0) {
        values.add(key.get(i));
      }
    }
    return new Cell(dimensions, values);
  }
}
