package dev.fourthpillar.budget.plan;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The plans there are, at one moment. */
public final class PlanTable {
  /** The built-in plan alone. */
  public static final PlanTable BUILT_IN = new PlanTable(List.of());

  private final NavigableMap<String, PlanHistory> byId = new TreeMap<>();
  private final boolean allAtList;

  PlanTable(List<PlanHistory> made) {
    byId.put(Plan.DEFAULT_ID, PlanHistory.of(Plan.DEFAULT));
    made.forEach(plan -> byId.put(plan.id(), plan));
    allAtList =
        byId.values().stream()
            .flatMap(plan -> plan.versions().stream())
            .allMatch(version -> version.plan().priceSide() == Plan.PriceSide.LIST);
  }

  /** All plans, by id. */
  public List<PlanHistory> all() {
    return List.copyOf(byId.values());
  }

  /** Whether no plan charges another price than the list's. */
  public boolean allAtList() {
    return allAtList;
  }

  /** The plan of that id; empty names the built-in one, as entitlements do. */
  public Optional<PlanHistory> find(String id) {
    return Optional.ofNullable(byId.get(id.isEmpty() ? Plan.DEFAULT_ID : id));
  }

  /** The built-in plan. */
  public PlanHistory builtIn() {
    return byId.get(Plan.DEFAULT_ID);
  }
}
