package dev.fourthpillar.budget.cap;

import java.util.Set;

/**
 * What of a call caps go by.
 *
 * @param models its names as {@code provider/model}; none where an amount was asked for
 * @param tool empty for none
 * @param project empty for none
 * @param named the caps that its caller named, by id
 */
public record CapScope(Set<String> models, String tool, String project, Set<String> named) {
  public CapScope {
    models = Set.copyOf(models);
    named = Set.copyOf(named);
  }
}
