package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapRoom;
import dev.fourthpillar.budget.charge.Charge;
import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldTerms;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Rollover;
import dev.fourthpillar.budget.lot.Span;
import dev.fourthpillar.budget.plan.Plan.PriceSide;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One account of ada's in memory, with builders of commands; a dollar is 10⁹. */
final class LedgerWorld {
  static final long DOLLAR = 1_000_000_000L;
  static final AccountId ADA = new AccountId("ada", "USD");

  final AccountDecider decider = new AccountDecider(() -> List.of(50, 80, 90, 100));
  final List<Entry> journal = new ArrayList<>();
  final List<AccountEvent> events = new ArrayList<>();
  final Map<String, Hold> holds = new HashMap<>();
  final Map<CapKey, CapRoom> caps = new HashMap<>();
  private final TreeMap<Long, BigInteger> history = new TreeMap<>();
  AccountState state = AccountState.empty(ADA);
  Instant now;

  LedgerWorld(String now) {
    this.now = Instant.parse(now);
  }

  LedgerWorld at(String time) {
    now = Instant.parse(time);
    return this;
  }

  AccountAnswer run(AccountCommand command) {
    return decide(command).orThrow();
  }

  Failure refusal(AccountCommand command) {
    return ((Decision.Refused<AccountAnswer>) decide(command)).failure();
  }

  Decision<AccountAnswer> decide(AccountCommand command) {
    String holdId =
        switch (command) {
          case AccountCommand.OfHold ofHold -> ofHold.holdId();
          case AccountCommand.BookUsage(Charge charge, var _) -> charge.holdId();
          default -> "";
        };
    Decided decided =
        decider.decide(
            state,
            command,
            Optional.ofNullable(holds.get(holdId)),
            now,
            (from, until) ->
                history.subMap(from, until).values().stream()
                    .reduce(BigInteger.ZERO, BigInteger::add),
            window -> Optional.ofNullable(caps.get(window)));
    decided
        .caps()
        .forEach(move -> caps.computeIfPresent(move.key(), (_, room) -> room.after(move)));
    state = decided.state();
    journal.addAll(decided.entries());
    events.addAll(decided.events());
    decided.hold().ifPresent(hold -> holds.put(hold.terms().holdId(), hold));
    decided
        .usage()
        .forEach(
            use -> history.merge(use.minute(), BigInteger.valueOf(use.nanos()), BigInteger::add));
    return decided.decision();
  }

  /** Ends the holds whose time is over, as the store does before anything else. */
  LedgerWorld sweep() {
    holds.values().stream()
        .filter(hold -> hold.dueAt(now))
        .toList()
        .forEach(hold -> run(new AccountCommand.Expire(hold.terms().holdId())));
    return this;
  }

  static AccountCommand.GrantLot grant(String id, long nanos, String from, String until) {
    return grant(id, LotSource.PLAN_PERIOD, 100, nanos, from, until);
  }

  static AccountCommand.GrantLot grant(
      String id, LotSource source, int priority, long nanos, String from, String until) {
    return grant(id, source, priority, nanos, from, until, Optional.empty());
  }

  static AccountCommand.GrantLot grant(
      String id,
      LotSource source,
      int priority,
      long nanos,
      String from,
      String until,
      Optional<Rollover> rollover) {
    return new AccountCommand.GrantLot(
        id,
        source,
        priority,
        minute(from),
        until.isEmpty() ? Minutes.NEVER : minute(until),
        nanos,
        rollover,
        Cause.event("grant/" + id, "ENTITLED"));
  }

  /**
   * No limit at these times.
   *
   * @param times the first minute, and the first minute after it, of each
   */
  static AccountCommand.SetUncapped uncapped(String... times) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < times.length; i += 2) {
      spans.add(new Span(minute(times[i]), minute(times[i + 1])));
    }
    return new AccountCommand.SetUncapped(spans, Cause.event("uncapped/ada", "ENTITLED"));
  }

  static AccountCommand.BookUsage usage(String line, long nanos, String minute) {
    return usage(line, nanos, minute, nanos < 0 ? ChargeCause.CORRECTION : ChargeCause.USAGE, "");
  }

  static AccountCommand.BookUsage usage(
      String line, long nanos, String minute, ChargeCause cause, String hold) {
    return new AccountCommand.BookUsage(
        new Charge("usage/ada/" + line, minute(minute), cause, cost(nanos), hold), List.of());
  }

  static AccountCommand.Reserve reserve(String id, long nanos) {
    return reserve(id, nanos, OnExpiry.SETTLE_ESTIMATE, false);
  }

  static AccountCommand.Reserve reserve(
      String id, long nanos, OnExpiry onExpiry, boolean allowPartial) {
    return new AccountCommand.Reserve(
        new HoldTerms("ada", id, Duration.ofMinutes(10), onExpiry, "", "", "", allowPartial),
        Map.of("amount", Long.toString(nanos)),
        new AccountCommand.Estimate.Known(attempt(nanos)),
        List.of());
  }

  /** The same, and it counts there. */
  static AccountCommand.Reserve within(AccountCommand.Reserve reserve, CapDemand... caps) {
    return new AccountCommand.Reserve(
        reserve.terms(), reserve.content(), reserve.estimate(), List.of(caps));
  }

  static AccountCommand.Settle settle(String id, long nanos) {
    return new AccountCommand.Settle(
        id,
        Map.of("actual", Long.toString(nanos)),
        List.of(new AccountCommand.Said(attempt(nanos), true)),
        Optional.empty());
  }

  static Attempt attempt(long nanos) {
    return new Attempt("anthropic", "a-model", List.of("req-1"), List.of(), cost(nanos));
  }

  /** The employer pays 60 % of the list price. */
  static Cost cost(long nanos) {
    return Cost.charged(
        PriceSide.LIST,
        new Amount("USD", nanos),
        new Amount("USD", nanos / 10 * 6),
        nanos,
        nanos / 10 * 6,
        "");
  }

  static long minute(String time) {
    return Minutes.of(Instant.parse(time));
  }

  static BigInteger dollars(long dollars) {
    return BigInteger.valueOf(Math.multiplyExact(dollars, DOLLAR));
  }

  BigInteger available() {
    return state.available(now);
  }
}
