package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.explain.Snapshots;
import dev.fourthpillar.comp.metered.Balance;
import dev.fourthpillar.comp.statement.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The statement of a person, and what it was made of.
 *
 * @param name as it is printed
 * @param packageId which record of the package
 * @param packageFrom since when that is in effect
 * @param year whose consumption it shows
 * @param statement as computed
 * @param employerCost of an average year, by what is recorded for the country; empty for readers
 *     who may not see it
 * @param rates quotes that brought metered amounts into one currency, beside those of the lines
 * @param balances that say what is unspent
 * @param knownAt when the package was known so; empty for now
 */
public record PersonalStatement(
    String engineer,
    String name,
    String packageId,
    LocalDate packageFrom,
    ContractYear year,
    Statement statement,
    Optional<EmployerCost> employerCost,
    List<SnapshotRef> rates,
    List<Balance> balances,
    Optional<Instant> knownAt) {

  public PersonalStatement {
    rates = List.copyOf(rates);
    balances = List.copyOf(balances);
  }

  /** All outside data that was used, each once. */
  public List<SnapshotRef> snapshots() {
    var all = new LinkedHashSet<>(Snapshots.of(statement.lines()));
    all.addAll(rates);
    return List.copyOf(all);
  }

  /** The same with what the employer's cost is made of. */
  public List<SnapshotRef> snapshotsWithCost() {
    var all = new LinkedHashSet<>(snapshots());
    employerCost.ifPresent(cost -> all.addAll(Snapshots.of(cost.lines())));
    return List.copyOf(all);
  }

  /** Where figures come from, beside the snapshots; in sentences. */
  List<String> notes() {
    var notes = new ArrayList<String>();
    for (Balance balance : balances) {
      notes.add(
          "What is unspent: ledger entry %d of account %s, told %s."
              .formatted(balance.entry(), balance.account(), balance.asOf()));
    }
    knownAt.ifPresent(
        time -> notes.add("The package as it was known at " + time + "; charges as known now."));
    return notes;
  }
}
