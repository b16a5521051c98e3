package dev.fourthpillar.comp.explain;

import java.util.List;

/**
 * How a line came about: the formula in words, what was put in, which outside data, and the lines
 * it is made of. A tree, so that every figure can be followed down to what somebody entered.
 */
public record Explanation(
    String formula, List<Input> inputs, List<SnapshotRef> snapshots, List<Line> parts) {

  /** Of a line that nobody asked to explain itself. */
  public static final Explanation NONE = new Explanation("", List.of(), List.of(), List.of());

  public Explanation {
    inputs = List.copyOf(inputs);
    snapshots = List.copyOf(snapshots);
    parts = List.copyOf(parts);
  }

  /** A formula over other lines. */
  public static Explanation ofLines(String formula, List<Line> parts) {
    return new Explanation(formula, List.of(), List.of(), parts);
  }
}
