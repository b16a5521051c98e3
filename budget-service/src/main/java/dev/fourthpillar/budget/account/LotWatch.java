package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.account.AccountEvent.LotChange;
import dev.fourthpillar.budget.account.AccountEvent.LotChanged;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is told of lots: each time one is granted, changed, ended or goes on. */
final class LotWatch {
  private final long asOf;
  private final Why why;
  private final List<LotChanged> told = new ArrayList<>();
  private long version;

  /**
   * @param asOf the minute until which it was told what time has done
   * @param version of the account's last event
   * @param why what no time has done was done
   */
  private LotWatch(long asOf, long version, Why why) {
    this.asOf = asOf;
    this.version = version;
    this.why = why;
  }

  /**
   * Why lots are other ones than before.
   *
   * @param revoked the lot that was revoked; empty for none
   */
  record Why(Cause cause, By by, String revoked) {}

  static List<LotChanged> look(
      List<Lot> before, List<Lot> after, long asOf, long version, Why why) {
    if (before.equals(after)) {
      return List.of();
    }
    LotWatch watch = new LotWatch(asOf, version, why);
    Map<String, Lot> known = new HashMap<>();
    before.forEach(lot -> known.put(lot.id(), lot));
    after.forEach(lot -> watch.compare(Optional.ofNullable(known.remove(lot.id())), lot));
    // Their segments are closed by the same command that found them ended.
    known.values().stream()
        .filter(lot -> !lot.expiredAt(asOf) && lot.free() > 0)
        .forEach(lot -> watch.expired(lot, lot.withUse(lot.folded(), lot.expired() + lot.free())));
    return watch.told;
  }

  private void compare(Optional<Lot> before, Lot lot) {
    if (lot.id().equals(why.revoked())) {
      tell(LotChange.REVOKED, before, lot);
      return;
    }
    long was = before.map(Lot::amount).orElse(0L);
    if (lot.source().isContinuation()) {
      if (lot.amount() != was) {
        tell(LotChange.ROLLED_OVER, before, lot, schedule(lot, "ROLLOVER"));
      }
    } else if (before.isEmpty() || lot.amount() > was) {
      tell(LotChange.ISSUED, before, lot);
    } else if (lot.amount() < was) {
      tell(LotChange.REDUCED, before, lot);
    }
    if (before.isEmpty()) {
      return;
    }
    if (lot.expiry() > before.get().expiry()) {
      tell(LotChange.EXTENDED, before, lot);
    } else if (lot.expiry() < before.get().expiry()) {
      tell(LotChange.REVOKED, before, lot);
    }
    if (lot.expired() > 0 && before.get().expired() == 0 && !before.get().expiredAt(asOf)) {
      expired(before.get(), lot);
    }
  }

  private void expired(Lot before, Lot after) {
    if (after.endsWithEmployment()) {
      tell(LotChange.REVOKED, Optional.of(before), after, schedule(after, "LEFT"));
    } else {
      tell(LotChange.EXPIRED, Optional.of(before), after, schedule(after, "EXPIRY"));
    }
  }

  private static Cause schedule(Lot lot, String detail) {
    return Cause.schedule("expire/" + lot.id(), detail);
  }

  private void tell(LotChange change, Optional<Lot> before, Lot after) {
    told.add(
        new LotChanged(++version, change, before, after, why.cause(), why.by(), Optional.empty()));
  }

  private void tell(LotChange change, Optional<Lot> before, Lot after, Cause cause) {
    told.add(new LotChanged(++version, change, before, after, cause, By.NOBODY, Optional.empty()));
  }
}
