package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.explain.Snapshots;
import dev.fourthpillar.comp.statement.LeaverStatement;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a person keeps, loses and owes on leaving, and what it was made of.
 *
 * @param packageId which record was in effect on the last day
 * @param year whose tokens it is about
 * @param rates quotes that brought metered amounts into one currency, beside those of the lines
 */
public record PersonalLeaver(
    String engineer,
    String packageId,
    ContractYear year,
    LeaverStatement statement,
    List<SnapshotRef> rates) {

  public PersonalLeaver {
    rates = List.copyOf(rates);
  }

  /** All outside data that was used, each once. */
  public List<SnapshotRef> snapshots() {
    var all = new LinkedHashSet<>(Snapshots.of(statement.lines()));
    all.addAll(rates);
    return List.copyOf(all);
  }
}
