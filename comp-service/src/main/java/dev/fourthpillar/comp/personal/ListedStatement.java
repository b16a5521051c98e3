package dev.fourthpillar.comp.personal;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.statement.StatementFigures;
import java.time.LocalDate;

/** One engineer of a list of statements. */
public sealed interface ListedStatement {

  String engineer();

  /**
   * The statement.
   *
   * @param contractYearStart first day of the year whose consumption it shows
   * @param employerCost the total of an average year
   */
  record Computed(
      String engineer,
      String packageId,
      LocalDate contractYearStart,
      StatementFigures figures,
      Figure employerCost)
      implements ListedStatement {}

  /** Why there is none. */
  record Refused(String engineer, Failure failure) implements ListedStatement {}
}
