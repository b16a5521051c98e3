package dev.fourthpillar.budget.grant;

import dev.fourthpillar.backbone.money.Amount;
import java.time.Instant;
import java.util.Optional;

/** What can be wanted of a person's lots. */
sealed interface GrantChange {
  String engineer();

  String lot();

  String reason();

  /**
   * A new lot.
   *
   * @param effective empty: now
   * @param expiry empty: never
   */
  record Issue(
      String engineer,
      String lot,
      Amount amount,
      Optional<Instant> effective,
      Optional<Instant> expiry,
      int priority,
      String reason)
      implements GrantChange {}

  /**
   * Less of a lot.
   *
   * @param effective empty: as soon as the notice allows
   */
  record Reduce(
      String engineer, String lot, Amount amount, Optional<Instant> effective, String reason)
      implements GrantChange {}

  /** None of a lot any more. */
  record Revoke(String engineer, String lot, String reason) implements GrantChange {}

  /**
   * A lot for longer.
   *
   * @param expiry empty: for ever
   */
  record Extend(String engineer, String lot, Optional<Instant> expiry, String reason)
      implements GrantChange {}
}
