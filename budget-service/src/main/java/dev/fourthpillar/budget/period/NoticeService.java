package dev.fourthpillar.budget.period;

import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountCommand.AnnounceReduction;
import dev.fourthpillar.budget.account.AccountCommand.ChangeLot;
import dev.fourthpillar.budget.account.AccountCommand.Wanted;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What an entitlement that was changed takes of lots that are there: not before the plan's notice
 * is over, and told when it is known. A lot that ends with the employment is not announced: its end
 * is.
 */
@Singleton
final class NoticeService {
  private final ReductionRepository rows;

  NoticeService(ReductionRepository rows) {
    this.rows = rows;
  }

  /**
   * What gives a lot its planned amount.
   *
   * @param notice of the person
   * @param nanos planned
   */
  List<AccountCommand> of(Handle handle, Notice notice, AccountId account, Lot lot, long nanos) {
    List<Reduction> toCome =
        notice.toCome().stream()
            .filter(
                each ->
                    each.isEntitled()
                        && each.account().equals(account)
                        && each.lot().equals(lot.id()))
            .toList();
    long less = lot.amount() - nanos;
    if (less <= 0 || notice.length().isZero() || lot.endsWithEmployment()) {
      List<AccountCommand> commands = keep(handle, toCome, 0, notice);
      commands.addAll(change(notice, lot, nanos));
      return commands;
    }
    // What could not be taken when it was due, for it was settled or held, was announced then.
    long announced = toCome.stream().mapToLong(Reduction::nanos).sum();
    long owed = Math.min(less, rows.owed(handle, account, lot.id()));
    List<AccountCommand> commands = new ArrayList<>(change(notice, lot, lot.amount() - owed));
    long unannounced = less - owed - announced;
    if (unannounced < 0) {
      commands.addAll(keep(handle, toCome, less - owed, notice));
    } else if (unannounced > 0) {
      Reduction reduction =
          new Reduction(
              Reduction.ENTITLED + UUID.randomUUID(),
              account,
              lot.id(),
              unannounced,
              notice.now().plus(notice.length()),
              notice.by());
      rows.add(handle, reduction);
      commands.add(announce(reduction));
    }
    return commands;
  }

  /** Shortens what is to come, and tells what is to come now. */
  private List<AccountCommand> keep(
      Handle handle, List<Reduction> toCome, long nanos, Notice notice) {
    return rows.keep(handle, toCome, nanos, notice.by()).stream()
        .map(NoticeService::announce)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static AccountCommand announce(Reduction reduction) {
    return new Wanted(
        new AnnounceReduction(
            reduction.lot(),
            reduction.nanos(),
            reduction.effective(),
            Cause.event(reduction.lot(), "ENTITLED")),
        reduction.by());
  }

  /** What takes all of a lot in whose place there is another one: nothing is reduced. */
  static List<AccountCommand> atOnce(Notice notice, Lot lot) {
    return change(notice, lot, 0);
  }

  private static List<AccountCommand> change(Notice notice, Lot lot, long nanos) {
    return Math.max(nanos, lot.settled() + lot.held()) == lot.amount()
        ? List.of()
        : List.of(
            new Wanted(
                new ChangeLot(
                    lot.id(),
                    nanos,
                    Cause.event(lot.id(), nanos == 0 ? "NOT_ENTITLED" : "ENTITLED")),
                notice.by()));
  }
}
