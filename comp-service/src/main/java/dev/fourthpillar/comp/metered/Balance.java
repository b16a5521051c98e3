package dev.fourthpillar.comp.metered;

import dev.fourthpillar.backbone.money.Amount;
import java.time.Instant;
import java.util.Optional;

/**
 * An account's totals, as the ledger last told them; all in the account's currency.
 *
 * @param engineer whose account; empty for a pool or project
 * @param version rises with each change; the later balance has the higher one
 * @param entry the number of the latest ledger entry in it
 */
public record Balance(
    String account,
    String engineer,
    long version,
    long entry,
    Amount granted,
    Amount held,
    Amount settled,
    Amount expired,
    Amount available,
    Amount overage,
    Optional<Amount> unspentPortable,
    Instant asOf) {

  public Balance {
    for (Amount amount :
        new Amount[] {
          held, settled, expired, available, overage, unspentPortable.orElse(granted)
        }) {
      if (!amount.currency().equals(granted.currency())) {
        throw new IllegalArgumentException(
            "balance of %s: %s (expected: %s)"
                .formatted(account, amount.currency(), granted.currency()));
      }
    }
  }

  public String currency() {
    return granted.currency();
  }

  /** What is left of the grants: not settled and not expired. What is held is not spent yet. */
  public Amount unspent() {
    Amount left = granted.plus(settled.negated()).plus(expired.negated());
    return left.nanos() < 0 ? new Amount(left.currency(), 0) : left;
  }
}
