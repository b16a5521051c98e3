package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.budget.ledger.Replay.Reconciled;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the journal says: entries, sums of a time, and whether accounts agree with it. */
@Singleton
public final class LedgerService {
  /** Entries that a replay holds at once. */
  private static final int REPLAY_ENTRIES = 1_000;

  private final Transactions transactions;
  private final LedgerRepository ledger;
  private final AccountStore accounts;

  LedgerService(Transactions transactions, LedgerRepository ledger, AccountStore accounts) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.accounts = accounts;
  }

  /** What follows in this transaction happens on one state of the database; it must come first. */
  public void freeze(Handle handle) {
    ledger.freeze(handle);
  }

  /**
   * The sums of an account at a time, with what was known at another.
   *
   * @param sums scheduled lots left out
   * @param entry number of the last one that was known; 0 for none
   */
  public record SumsAt(Totals sums, long entry) {}

  /**
   * The sums at the last entry recorded by {@code asOf}, plus what was learned until {@code
   * knownAt}, less what was scheduled for later; with what had expired by then, booked or not.
   *
   * @param unbooked nanos that have expired by {@code asOf} and nobody has booked to this day
   */
  public SumsAt at(
      Handle handle, String account, Instant asOf, Instant knownAt, BigInteger unbooked) {
    Totals base = ledger.totals(handle, account, asOf);
    Totals learned = ledger.learned(handle, account, asOf, knownAt);
    Totals scheduled = ledger.scheduled(handle, account, asOf);
    BigInteger expired = ledger.expiredUnbooked(handle, account, asOf, knownAt).add(unbooked);
    return new SumsAt(
        base.plus(learned).minus(scheduled).withExpired(expired),
        ledger.lastEntry(handle, account, knownAt));
  }

  /** The sums after the last entry recorded by then. */
  public Totals totals(Handle handle, String account, Instant recordedBy) {
    return ledger.totals(handle, account, recordedBy);
  }

  /** A number for each of these engineers with an account, that rises with each change of it. */
  public Map<String, Long> revisions(Handle handle, Collection<String> engineers) {
    return ledger.revisions(handle, engineers);
  }

  /** The number of an account's last entry recorded by then; 0 for none. */
  public long lastEntry(Handle handle, String account, Instant by) {
    return ledger.lastEntry(handle, account, by);
  }

  /** The sums that are booked to this day. */
  public Totals booked(Handle handle, String account) {
    return ledger.account(handle, account).map(StoredAccount::totals).orElse(Totals.NONE);
  }

  /** The newest entries of an account, the newest first. */
  public List<Entry> newest(Handle handle, String account, int atMost) {
    return ledger.newest(handle, account, Long.MAX_VALUE, atMost);
  }

  /** Entries of an account with higher numbers, in order. */
  public List<Entry> after(Handle handle, String account, long number, int atMost) {
    return ledger.oldest(handle, account, number, atMost);
  }

  /**
   * How many entries an account has.
   *
   * @throws dev.fourthpillar.backbone.failure.FailureException NOT_FOUND without such an account
   */
  public long entryCount(Handle handle, String account) {
    return ledger
        .account(handle, account)
        .map(StoredAccount::entries)
        .orElseThrow(() -> noAccount(account));
  }

  /** One page of an account's entries, the newest first. */
  public Page<Entry> entries(Handle handle, String account, PageRequest page) {
    if (ledger.account(handle, account).isEmpty()) {
      throw noAccount(account);
    }
    long before = page.after().map(Long::parseLong).orElse(Long.MAX_VALUE);
    return Page.of(
        ledger.newest(handle, account, before, page.size() + 1),
        page,
        entry -> Long.toString(entry.number()));
  }

  /** Accounts beside their journals, by name. */
  Page<Reconciled> reconcile(Optional<String> account, PageRequest page) {
    return transactions.run(
        handle -> {
          ledger.freeze(handle);
          Page<StoredAccount> stored =
              account
                  .map(
                      name ->
                          new Page<>(
                              List.of(
                                  ledger.account(handle, name).orElseThrow(() -> noAccount(name))),
                              Optional.<String>empty()))
                  .orElseGet(() -> ledger.accounts(handle, page));
          return new Page<>(
              stored.items().stream().map(each -> reconciled(handle, each)).toList(),
              stored.lastKey());
        });
  }

  private Reconciled reconciled(Handle handle, StoredAccount stored) {
    Replay replay = new Replay();
    long after = 0;
    List<Entry> entries;
    do {
      entries = ledger.oldest(handle, stored.account(), after, REPLAY_ENTRIES);
      entries.forEach(replay::add);
      after = entries.isEmpty() ? after : entries.getLast().number();
    } while (entries.size() == REPLAY_ENTRIES);
    return replay.against(stored);
  }

  /** The sums of all accounts at a time. */
  record Trial(List<CurrencySums> currencies, Instant asOf) {}

  Trial trialBalance() {
    return transactions.run(handle -> new Trial(ledger.sums(handle), accounts.now(handle)));
  }

  private static RuntimeException noAccount(String account) {
    return Failure.notFound("account", account, "account %s does not exist".formatted(account))
        .asException();
  }
}
