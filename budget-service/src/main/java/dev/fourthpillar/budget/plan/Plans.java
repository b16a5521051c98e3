package dev.fourthpillar.budget.plan;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The plans there are: the built-in one, and those that are brought as beans. */
@Singleton
public final class Plans {
  private final List<Plan> all;

  Plans(List<Plan> brought) {
    this.all =
        Stream.concat(Stream.of(Plan.DEFAULT), brought.stream())
            .sorted(Comparator.comparing(Plan::id))
            .toList();
  }

  /** All plans, by id. */
  public List<Plan> all() {
    return all;
  }

  /** Whether no plan charges another price than the list's. */
  public boolean allAtList() {
    return all.stream().allMatch(plan -> plan.priceSide() == Plan.PriceSide.LIST);
  }

  /** The plan of that id; empty names the built-in one, as entitlements do. */
  public Optional<Plan> find(String id) {
    String wanted = id.isEmpty() ? Plan.DEFAULT_ID : id;
    return all.stream().filter(plan -> plan.id().equals(wanted)).findFirst();
  }
}
