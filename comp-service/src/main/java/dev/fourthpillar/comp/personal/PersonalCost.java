package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.explain.Snapshots;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a person costs the employer, and what it was made of.
 *
 * @param country whose charges apply
 * @param packageId which record of the package
 * @param rates quotes that brought metered amounts into one currency, beside those of the lines
 */
public record PersonalCost(
    String engineer, String country, String packageId, EmployerCost cost, List<SnapshotRef> rates) {

  public PersonalCost {
    rates = List.copyOf(rates);
  }

  /** All outside data that was used, each once. */
  public List<SnapshotRef> snapshots() {
    var all = new LinkedHashSet<>(Snapshots.of(cost.lines()));
    all.addAll(rates);
    return List.copyOf(all);
  }
}
