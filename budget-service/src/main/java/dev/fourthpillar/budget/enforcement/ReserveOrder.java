package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.budget.hold.HoldTerms;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A reserve as it was asked for.
 *
 * @param payer empty for the engineer's own budget
 * @param content what was asked, as a digest per field
 * @param scopes caps that it names, by id
 */
record ReserveOrder(
    HoldTerms terms,
    String payer,
    Wanted wanted,
    List<String> ids,
    Map<String, String> content,
    Set<String> scopes)
    implements Order {
  ReserveOrder {
    scopes = Set.copyOf(scopes);
  }

  @Override
  public String engineer() {
    return terms.engineer();
  }
}
