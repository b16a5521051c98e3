package dev.fourthpillar.comp.metered;

import dev.fourthpillar.backbone.money.Amount;
import java.time.Instant;

/**
 * One charge as the ledger tells it; negative amounts correct earlier ones.
 *
 * @param engineer the person, or a pseudonym that stands for nobody here
 * @param usageMinute when the call was made
 * @param accountList at list price, in the account's currency; in the price book's where no account
 *     paid
 * @param accountEmployer what it cost the employer, in the same currency
 * @param list at list price, in the price book's currency
 * @param employer what it cost the employer, in the price book's currency
 * @param place where it stands in the feed
 */
record Charge(
    String engineer,
    Payer payer,
    Instant usageMinute,
    Amount accountList,
    Amount accountEmployer,
    Amount list,
    Amount employer,
    FeedPlace place) {

  Charge {
    requireSame(accountList, accountEmployer, "account");
    requireSame(list, employer, "price");
  }

  private static void requireSame(Amount one, Amount other, String which) {
    if (!one.currency().equals(other.currency())) {
      throw new IllegalArgumentException(
          "%s amounts: %s and %s (expected: one currency)"
              .formatted(which, one.currency(), other.currency()));
    }
  }
}
