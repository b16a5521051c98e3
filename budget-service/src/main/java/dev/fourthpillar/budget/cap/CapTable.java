package dev.fourthpillar.budget.cap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The caps there are, at one moment. */
public final class CapTable {
  /** None. */
  public static final CapTable EMPTY = new CapTable(List.of());

  private static final String ANY = "";

  private final Map<String, Cap> byId = new TreeMap<>();
  private final Map<CapConditions, List<Cap>> byConditions = new HashMap<>();

  CapTable(List<Cap> caps) {
    for (Cap cap : caps) {
      byId.put(cap.id(), cap);
      if (!cap.namedOnly()) {
        byConditions.computeIfAbsent(cap.conditions(), _ -> new ArrayList<>()).add(cap);
      }
    }
  }

  /** The cap of that id. */
  public Optional<Cap> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The caps that count for a call, by id: those it meets, and those that it names. */
  public List<Cap> of(CapScope scope) {
    if (byId.isEmpty()) {
      return List.of();
    }
    Map<String, Cap> found = new TreeMap<>();
    scope.named().forEach(id -> find(id).ifPresent(cap -> found.put(id, cap)));
    List<String> models = new ArrayList<>(scope.models());
    models.add(ANY);
    for (String model : models) {
      for (String tool : anyOr(scope.tool())) {
        for (String project : anyOr(scope.project())) {
          byConditions
              .getOrDefault(new CapConditions(model, tool, project), List.of())
              .forEach(cap -> found.put(cap.id(), cap));
        }
      }
    }
    return found.values().stream().sorted(Comparator.comparing(Cap::id)).toList();
  }

  private static List<String> anyOr(String value) {
    return value.isEmpty() ? List.of(ANY) : List.of(ANY, value);
  }
}
