package dev.fourthpillar.usage.emit;

import dev.fourthpillar.usage.settle.Cause;
import dev.fourthpillar.usage.settle.Charge;
import dev.fourthpillar.usage.settle.Settlement;
import dev.fourthpillar.usage.settle.SettlementRepository.Untold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settlements of one engineer, brought together into lines: those of one minute that differ in
 * nothing but their amounts are one line; where a hold is named each is one.
 */
final class Lines {

  private final int maxLines;
  private final int maxChars;
  private final List<Line> lines = new ArrayList<>();
  private final Map<Key, Integer> open = new HashMap<>();
  private int chars;

  /**
   * @param maxLines of one event
   * @param maxChars of the texts of one event, which has a limit of bytes
   */
  Lines(int maxLines, int maxChars) {
    this.maxLines = maxLines;
    this.maxChars = maxChars;
  }

  private record Key(Cause cause, Charge.Line line) {}

  /** A line with the settlements it tells of. */
  static final class Line {
    private final Settlement first;
    private final List<Long> settlements = new ArrayList<>();
    private final SortedMap<String, Long> quantities = new TreeMap<>();
    private long listNanos;
    private long employerNanos;

    private Line(Settlement first) {
      this.first = first;
    }

    Settlement first() {
      return first;
    }

    List<Long> settlements() {
      return settlements;
    }

    SortedMap<String, Long> quantities() {
      return quantities;
    }

    long listNanos() {
      return listNanos;
    }

    long employerNanos() {
      return employerNanos;
    }

    /** False, and nothing is added, where a sum would leave its range. */
    private boolean add(Untold untold) {
      Charge change = untold.settlement().change();
      SortedMap<String, Long> sums = new TreeMap<>(quantities);
      try {
        change.quantities().forEach((meter, count) -> sums.merge(meter, count, Math::addExact));
        long list = Math.addExact(listNanos, change.listNanos());
        employerNanos = Math.addExact(employerNanos, change.employerNanos());
        listNanos = list;
      } catch (ArithmeticException _) {
        return false;
      }
      quantities.putAll(sums);
      settlements.add(untold.id());
      return true;
    }
  }

  /** False where there is no more room: this one and all after it wait for the next event. */
  boolean add(Untold untold) {
    Charge.Line about = untold.settlement().change().line();
    Key key = new Key(untold.settlement().cause(), about);
    Integer known = about.through().isPresent() ? null : open.get(key);
    if (known != null && lines.get(known).add(untold)) {
      return true;
    }
    int size = size(about);
    if (lines.size() == maxLines || (!lines.isEmpty() && chars + size > maxChars)) {
      return false;
    }
    Line line = new Line(untold.settlement());
    line.add(untold);
    open.put(key, lines.size());
    lines.add(line);
    chars += size;
    return true;
  }

  List<Line> lines() {
    return lines;
  }

  private static int size(Charge.Line line) {
    int texts =
        line.provider().length()
            + line.model().length()
            + line.project().length()
            + line.tool().length()
            + line.agent().length();
    return texts + line.tags().stream().mapToInt(String::length).sum();
  }
}
