package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.HoldKey;
import dev.fourthpillar.budget.hold.Hold;
import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds that were let through without a look at account and caps, and are not booked yet. */
final class UncheckedHolds {
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

  private final BigInteger cap;
  private final int maxHolds;
  private final Map<HoldKey, Hold> holds = new LinkedHashMap<>();

  UncheckedHolds(FailOpenConfig config) {
    this.cap = BigInteger.valueOf(config.cap()).multiply(NANOS);
    this.maxHolds = config.maxHolds();
  }

  /**
   * Lets the hold through if there is room for it.
   *
   * @param bookCurrency of the price book, which the cap is in; without a book it is in the
   *     currency of the first one. What is priced in another one is not let through
   */
  synchronized Decision<Hold> admit(Hold hold, Optional<String> bookCurrency) {
    Hold known = holds.get(HoldKey.of(hold));
    if (known != null) {
      return known.content().equals(hold.content())
          ? Decision.accepted(known)
          : Decision.refused(
              Failure.of(
                      Reason.ID_REUSED,
                      "hold_id '%s' was used before with other content"
                          .formatted(hold.terms().holdId()))
                  .with("id", hold.terms().holdId())
                  .with("different_fields", ""));
    }
    Amount list = hold.estimate().cost().list();
    String currency =
        bookCurrency.orElseGet(
            () -> first(1).stream().findFirst().orElse(hold).estimate().cost().list().currency());
    boolean fits =
        list.currency().equals(currency)
            && holds.size() < maxHolds
            && nanos().add(BigInteger.valueOf(list.nanos())).compareTo(cap) <= 0;
    if (!fits) {
      return Decision.refused(unavailable());
    }
    holds.put(HoldKey.of(hold), hold);
    return Decision.accepted(hold);
  }

  /** What cannot be done without the database. */
  static Failure unavailable() {
    return Failure.of(
        Reason.STORAGE_UNAVAILABLE,
        "the database is not reachable or cannot write; nothing was applied");
  }

  /** Nanos at list price that are not booked yet. */
  synchronized BigInteger nanos() {
    return holds.values().stream()
        .map(hold -> BigInteger.valueOf(hold.estimate().cost().list().nanos()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  synchronized int size() {
    return holds.size();
  }

  /** The oldest ones. */
  synchronized List<Hold> first(int atMost) {
    return holds.values().stream().limit(atMost).toList();
  }

  synchronized void booked(Collection<Hold> done) {
    done.forEach(hold -> holds.remove(HoldKey.of(hold)));
  }
}
