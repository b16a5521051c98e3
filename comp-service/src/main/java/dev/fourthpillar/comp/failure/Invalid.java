package dev.fourthpillar.comp.failure;

import java.util.List;
import java.util.stream.Collectors;

/** The input breaks one or more rules; all that were found are listed. Maps to INVALID_ARGUMENT. */
public final class Invalid extends CompFailure {

  private final List<Violation> violations;

  Invalid(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  /** At least one, in the order the fields were checked. */
  public List<Violation> violations() {
    return violations;
  }
}
