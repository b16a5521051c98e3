package dev.fourthpillar.sample.pocket;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.Decision;
import java.time.Instant;
import java.util.Optional;

/**
 * An engineer's purse of one currency.
 *
 * @param version rises by 1 with each change, from 1
 */
record Pocket(String engineer, String pocket, Amount balance, long version, Instant updatedAt) {

  /** Its key in events: the aggregate they are about. */
  String key() {
    return engineer + "/" + pocket;
  }

  /** What the command makes of the pocket there is, or why nothing. */
  static Decision<Pocket> decide(Optional<Pocket> existing, PutInPocket command, Instant now) {
    Amount amount = command.amount();
    if (existing.isEmpty()) {
      return Decision.accepted(new Pocket(command.engineer(), command.pocket(), amount, 1, now));
    }
    Pocket before = existing.get();
    if (!before.balance().currency().equals(amount.currency())) {
      return Decision.refused(
          Failure.of(
                  Reason.CURRENCY_MISMATCH,
                  "amount.currency_code: %s (expected: %s, the pocket's currency)"
                      .formatted(amount.currency(), before.balance().currency()))
              .with("field", "amount.currency_code")
              .with("expected", before.balance().currency())
              .with("actual", amount.currency()));
    }
    try {
      Amount balance = before.balance().plus(amount);
      return Decision.accepted(
          new Pocket(before.engineer(), before.pocket(), balance, before.version() + 1, now));
    } catch (FailureException outOfRange) {
      return Decision.refused(outOfRange.failure());
    }
  }
}
