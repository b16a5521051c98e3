package dev.fourthpillar.comp.line;

import dev.fourthpillar.comp.explain.Input;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.money.ExactMoney;
import java.util.List;

/**
 * What something is worth before it becomes a line: exact, in its own currency, with its story.
 *
 * @param beside other readings of the same thing, for example without price growth; they become
 *     lines below the line and are not added to it
 */
public record Worth(
    ExactMoney exact,
    String formula,
    List<Input> inputs,
    List<SnapshotRef> snapshots,
    List<Beside> beside) {

  /** Another reading, under a name of its own. */
  public record Beside(String name, Worth worth) {}

  public Worth {
    inputs = List.copyOf(inputs);
    snapshots = List.copyOf(snapshots);
    beside = List.copyOf(beside);
  }

  public static Worth of(ExactMoney exact, String formula, Input... inputs) {
    return new Worth(exact, formula, List.of(inputs), List.of(), List.of());
  }

  public Worth with(SnapshotRef snapshot) {
    return new Worth(exact, formula, inputs, List.of(snapshot), beside);
  }

  public Worth with(Beside other) {
    return new Worth(exact, formula, inputs, snapshots, List.of(other));
  }
}
