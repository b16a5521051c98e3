package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.comp.employer.EmployerTerms;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.statement.EmployerCostCalculator;
import dev.fourthpillar.comp.statement.StatementCalculator;
import dev.fourthpillar.comp.statement.StatementInput;
import java.util.Optional;

/**
 * A package to compute.
 *
 * @param employer what the employer pays beside it; empty when nobody asks
 */
public record Calculation(StatementInput input, Optional<EmployerTerms> employer) {

  Calculated calculated() {
    var statement = StatementCalculator.calculate(input);
    var checks = new Checks();
    var cost =
        employer.flatMap(
            terms ->
                checks.at(
                    "employer", () -> EmployerCostCalculator.calculate(input, statement, terms)));
    checks.orThrow();
    return new Calculated(statement, cost);
  }
}
