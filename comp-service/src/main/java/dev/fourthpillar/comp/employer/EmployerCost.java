package dev.fourthpillar.comp.employer;

import dev.fourthpillar.comp.explain.Line;
import dev.fourthpillar.comp.line.Figure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an average year of a package costs the employer.
 *
 * @param cash base, target bonus and annualised sign-ons
 * @param charges one per rule; none with a load factor, and while no rule is recorded
 * @param load what a load factor adds to cash
 * @param benefits of the package; empty with a load factor, which holds them
 * @param tokens at EMPLOYER_COST
 * @param equity annualised, where it is asked for
 * @param overhead as stated
 * @param total absent or to be reviewed for the reason of the first part that is
 * @param staleRules rules that nobody has verified for long
 */
public record EmployerCost(
    Line cash,
    List<Charge> charges,
    Optional<Line> load,
    Optional<Line> benefits,
    Figure tokens,
    Optional<Line> equity,
    Optional<Line> overhead,
    Figure total,
    List<String> staleRules) {

  /** What a rule charges. */
  public record Charge(String ruleId, Figure amount) {}

  public EmployerCost {
    charges = List.copyOf(charges);
    staleRules = List.copyOf(staleRules);
  }

  /** Top lines; what they are made of hangs below them. */
  public List<Line> lines() {
    return Stream.of(
            Stream.of(cash),
            charges.stream().flatMap(charge -> charge.amount().known().stream()),
            load.stream(),
            benefits.stream(),
            tokens.known().stream(),
            equity.stream(),
            overhead.stream(),
            total.known().stream())
        .flatMap(lines -> lines)
        .toList();
  }
}
