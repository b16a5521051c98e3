package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountState;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.budget.ledger.LedgerService;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.person.PersonService;
import dev.fourthpillar.budget.settled.PendingLine;
import dev.fourthpillar.budget.settled.SettledService;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What a person's budget is, and why. Owns the transactions, each on one state of the database. */
@Singleton
final class BalanceService {
  /** Entries that an explanation lists of an account. */
  static final int ENTRIES = 100;

  /** Lines that an explanation lists. */
  static final int PENDING_LINES = 500;

  private final Transactions transactions;
  private final AccountStore accounts;
  private final LedgerService ledger;
  private final PersonService people;
  private final SettledService settled;

  BalanceService(
      Transactions transactions,
      AccountStore accounts,
      LedgerService ledger,
      PersonService people,
      SettledService settled) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.ledger = ledger;
    this.people = people;
    this.settled = settled;
  }

  /** A person's accounts, by currency. */
  List<Balance> get(String engineer, Times times) {
    return transactions.run(
        handle -> {
          ledger.freeze(handle);
          return balances(handle, engineer, times);
        });
  }

  /** A person's accounts now, by currency. */
  List<Balance> now(Handle handle, String engineer) {
    return balances(handle, engineer, Times.NOW);
  }

  /**
   * An account and what it is made of.
   *
   * @param entries the newest first
   */
  record Explained(Balance balance, List<Entry> entries) {}

  /**
   * A person's accounts and what they are made of.
   *
   * @param pending lines that wait, at most {@value #PENDING_LINES}
   * @param pendingCount how many wait in all
   */
  record Explanation(List<Explained> accounts, List<PendingLine> pending, long pendingCount) {}

  Explanation explain(String engineer) {
    return transactions.run(
        handle -> {
          ledger.freeze(handle);
          List<PendingLine> pending = settled.waiting(handle, engineer, PENDING_LINES);
          List<Balance> balances =
              pending.isEmpty() || isKnown(handle, engineer)
                  ? balances(handle, engineer, Times.NOW)
                  : List.of();
          return new Explanation(
              balances.stream()
                  .map(
                      balance ->
                          new Explained(
                              balance,
                              ledger.newest(handle, balance.account().toString(), ENTRIES)))
                  .toList(),
              pending,
              settled.countWaiting(handle, engineer));
        });
  }

  /** One page of an account's entries, the newest first. */
  Page<Entry> entries(AccountId account, PageRequest page) {
    return transactions.run(handle -> ledger.entries(handle, account.toString(), page));
  }

  private List<Balance> balances(Handle handle, String engineer, Times times) {
    List<AccountState> states = accounts.ofEngineer(handle, engineer);
    if (states.isEmpty() && !isKnown(handle, engineer)) {
      throw Failure.notFound(
              "engineer", engineer, "engineer '%s' does not exist".formatted(engineer))
          .asException();
    }
    Instant now = accounts.now(handle);
    return states.stream()
        .map(
            state ->
                times.isNow(now)
                    ? present(handle, state, now)
                    : past(handle, state, times.asOf(now), times.knownAt(now)))
        .toList();
  }

  private boolean isKnown(Handle handle, String engineer) {
    return people.find(handle, engineer).isPresent();
  }

  private Balance present(Handle handle, AccountState state, Instant now) {
    Totals sums = state.totals();
    long minute = Minutes.of(now);
    return new Balance(
        state.id(),
        sums.withoutScheduled(state.scheduled(now)),
        Optional.of(state.held()),
        state.available(now),
        state.uncappedAt(now),
        state.lots().stream().filter(lot -> !lot.expiredAt(minute) || lot.held() > 0).toList(),
        ledger.lastEntry(handle, state.id().toString(), now),
        now,
        now);
  }

  private Balance past(Handle handle, AccountState state, Instant asOf, Instant knownAt) {
    String account = state.id().toString();
    LedgerService.SumsAt at =
        ledger.at(handle, account, asOf, knownAt, unbooked(handle, state, asOf));
    return new Balance(
        state.id(),
        at.sums(),
        Optional.empty(),
        at.sums().balance(),
        false,
        List.of(),
        at.entry(),
        asOf,
        knownAt);
  }

  /**
   * What had expired by then and is not booked to this day: the state as it is now has it as
   * expired, the journal has not.
   */
  private BigInteger unbooked(Handle handle, AccountState state, Instant asOf) {
    Totals booked = ledger.booked(handle, state.id().toString());
    BigInteger missing = state.totals().expired().subtract(booked.expired());
    if (missing.signum() == 0) {
      return BigInteger.ZERO;
    }
    long minute = Minutes.of(asOf);
    BigInteger later =
        state.lots().stream()
            .filter(lot -> !lot.expiredAt(minute))
            .map(Lot::expired)
            .map(BigInteger::valueOf)
            .reduce(BigInteger.ZERO, BigInteger::add);
    return missing.subtract(later).max(BigInteger.ZERO);
  }
}
