package dev.fourthpillar.comp.personal;

import dev.fourthpillar.comp.html.StatementPage;
import dev.fourthpillar.comp.statement.LeaverStatement;
import dev.fourthpillar.comp.statement.VestCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A statement of a person with what a page shows beside it.
 *
 * @param leaver had the as-of date been the last day; empty where that cannot be said
 * @param missing sentences about what could not be shown, and why
 */
public record PersonalDocument(
    PersonalStatement statement,
    VestCalendar vests,
    Optional<LeaverStatement> leaver,
    List<String> missing) {

  public PersonalDocument {
    missing = List.copyOf(missing);
  }

  /** The statement as a page for people. */
  public StatementPage page() {
    var notes = new ArrayList<>(statement.notes());
    notes.addAll(missing);
    return new StatementPage(
        statement.name(),
        statement.packageFrom(),
        statement.statement(),
        Optional.of(
            new StatementPage.Consumption(
                statement.year().first(), statement.year().through(statement.statement().asOf()))),
        statement.snapshotsWithCost(),
        notes,
        vests,
        leaver,
        statement.employerCost());
  }
}
