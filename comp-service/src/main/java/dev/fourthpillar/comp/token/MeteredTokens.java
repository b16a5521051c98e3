package dev.fourthpillar.comp.token;

import dev.fourthpillar.comp.explain.SnapshotRef;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import java.util.Currency;
import java.util.Optional;

/**
 * What was really charged for a person in a period, as the budget's ledger says: each figure is a
 * sum of charges, all in one currency. A sum is negative where the period holds the correction of a
 * call that another one holds.
 *
 * @param ownAtList paid by the own budget, at list price
 * @param overageAtList the person's own calls beyond the budget, at list price
 * @param employerCost what own and overage cost the employer
 * @param employerFundedAtList pools, projects and re-billed use: shown, never added
 * @param unspent left of the current grants, 0 or more; empty when no balance was ever told
 * @param unspentPortable what of that survives an exit by the ledger; empty when the ledger does
 *     not say, then the terms decide
 * @param upTo the position in the charges up to which these sums reach, as their keeper names it
 */
public record MeteredTokens(
    Money ownAtList,
    Money overageAtList,
    Money employerCost,
    Money employerFundedAtList,
    Optional<Money> unspent,
    Optional<Money> unspentPortable,
    String upTo) {

  public static final int MAX_TEXT = 200;

  public MeteredTokens {
    var checks = new Checks();
    var currency = ownAtList == null ? null : ownAtList.currency();
    check(checks, "ownAtList", ownAtList, currency);
    check(checks, "overageAtList", overageAtList, currency);
    check(checks, "employerCost", employerCost, currency);
    check(checks, "employerFundedAtList", employerFundedAtList, currency);
    checkLeft(checks, "unspent", unspent, currency);
    checkLeft(checks, "unspentPortable", unspentPortable, currency);
    checks.text("upTo", upTo, MAX_TEXT);
    checks.orThrow();
  }

  public SnapshotRef reference() {
    return new SnapshotRef(SnapshotRef.Kind.METERED_CHARGES, upTo, "charges up to " + upTo);
  }

  private static void checkLeft(
      Checks checks, String field, Optional<Money> amount, Currency currency) {
    if (checks.present(field, amount) && amount.isPresent()) {
      checks.that(amount.get().signum() >= 0, field, amount.get(), ">= 0");
      check(checks, field, amount.get(), currency);
    }
  }

  private static void check(Checks checks, String field, Money amount, Currency currency) {
    if (checks.present(field, amount)) {
      checks.that(
          currency == null || amount.currency().equals(currency), field, amount, "in " + currency);
    }
  }
}
