package dev.fourthpillar.budget.hold;

import dev.fourthpillar.budget.charge.Cost;
import java.util.List;

/**
 * One model call that a hold pays for.
 *
 * @param provider empty when not known
 * @param model as the caller gave it; empty when not known
 * @param ids every id of the call that the caller knew
 * @param quantities what was, or may be, consumed; empty when only an amount is known
 * @param cost what is booked for it
 */
public record Attempt(
    String provider, String model, List<String> ids, List<Quantity> quantities, Cost cost) {
  public Attempt {
    ids = List.copyOf(ids);
    quantities = List.copyOf(quantities);
  }

  public Attempt at(Cost other) {
    return new Attempt(provider, model, ids, quantities, other);
  }
}
