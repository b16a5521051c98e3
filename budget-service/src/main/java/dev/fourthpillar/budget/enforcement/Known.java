package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.budget.period.PriceSides;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Plan.PriceSide;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an engineer.
 *
 * @param person empty while nobody has told of them
 * @param due from when on a use of their account has to open what is due
 * @param sides which price their calls are charged with
 */
record Known(String engineer, Optional<Person> person, Instant due, PriceSides sides) {

  /** Whether a period or a one-off of theirs begins, and nobody may have opened it yet. */
  boolean dueAt(Instant now) {
    return !due.isAfter(now);
  }

  PriceSide priceSide(Instant time) {
    return sides.at(engineer, time);
  }
}
