package dev.fourthpillar.budget.plan;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The plans there are. */
@Singleton
public final class Plans {
  private static final List<Plan> ALL = List.of(Plan.DEFAULT);

  /** All plans, by id. */
  public List<Plan> all() {
    return ALL;
  }

  /** The plan of that id; empty names the built-in one, as entitlements do. */
  public Optional<Plan> find(String id) {
    String wanted = id.isEmpty() ? Plan.DEFAULT_ID : id;
    return ALL.stream().filter(plan -> plan.id().equals(wanted)).findFirst();
  }
}
