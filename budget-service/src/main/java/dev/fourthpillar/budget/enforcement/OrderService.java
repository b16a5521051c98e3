package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.Addressed;
import dev.fourthpillar.budget.account.HoldKey;
import dev.fourthpillar.budget.account.LedgerTime;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapsService;
import dev.fourthpillar.budget.period.PeriodService;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Decides many orders together: what is known of their engineers is read for all, they are judged
 * and priced, and one transaction applies them. An order whose hold another account pays is applied
 * there by a second one.
 */
@Singleton
final class OrderService {
  private final Transactions transactions;
  private final AccountStore accounts;
  private final FactsService facts;
  private final PeriodService periods;
  private final Judge judge;
  private final CapsService caps;
  private final LedgerTime time;
  private final InstantSource clock;
  private final Refusals refusals;

  OrderService(
      Transactions transactions,
      AccountStore accounts,
      FactsService facts,
      PeriodService periods,
      Judge judge,
      CapsService caps,
      LedgerTime time,
      InstantSource clock,
      Refusals refusals) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.facts = facts;
    this.periods = periods;
    this.judge = judge;
    this.caps = caps;
    this.time = time;
    this.clock = clock;
    this.refusals = refusals;
  }

  /** The decisions, in the order of the orders. */
  List<Decision<AccountAnswer>> decide(List<Order> orders) {
    Instant now = now();
    Map<String, Known> known =
        facts.of(orders.stream().map(Order::engineer).collect(Collectors.toSet()));
    List<Decision<Addressed>> usual =
        orders.stream().map(order -> judge.judge(order, known.get(order.engineer()), now)).toList();
    List<Decision<AccountAnswer>> decisions =
        elsewhere(orders, usual, apply(usual, known, now), known, now);
    refusals.count(decisions);
    return decisions;
  }

  /** Near enough to the ledger's time to choose a price book and a day's rate. */
  Instant now() {
    return time.at(clock.instant());
  }

  /**
   * One transaction. The first use of a period opens it there; who else asks pays nothing for it.
   */
  private List<Decision<AccountAnswer>> apply(
      List<Decision<Addressed>> judged, Map<String, Known> known, Instant now) {
    List<Addressed> commands = new ArrayList<>();
    Set<AccountId> used = new TreeSet<>();
    Set<String> due = new HashSet<>();
    for (Decision<Addressed> decision : judged) {
      if (decision instanceof Decision.Accepted<Addressed>(Addressed command)) {
        commands.add(command);
        used.add(command.account());
        if (known.get(command.account().engineer()).dueAt(now)) {
          due.add(command.account().engineer());
        }
      }
    }
    Iterator<Decision<AccountAnswer>> answers = apply(commands, used, due).iterator();
    return judged.stream()
        .map(
            decision ->
                switch (decision) {
                  case Decision.Accepted<Addressed> _ -> answers.next();
                  case Decision.Refused<Addressed>(Failure why) ->
                      Decision.<AccountAnswer>refused(why);
                })
        .toList();
  }

  private List<Decision<AccountAnswer>> apply(
      List<Addressed> commands, Set<AccountId> used, Set<String> due) {
    if (commands.isEmpty()) {
      return List.of();
    }
    caps.open(windows(commands), now());
    List<Decision<AccountAnswer>> answers =
        transactions.run(
            handle -> {
              if (!due.isEmpty()) {
                periods.openIfDue(handle, used);
              }
              return accounts.apply(handle, commands);
            });
    facts.opened(due);
    return answers;
  }

  /** The windows of caps that reserves count in. */
  static Set<CapKey> windows(List<Addressed> commands) {
    return commands.stream()
        .map(Addressed::command)
        .filter(AccountCommand.Reserve.class::isInstance)
        .flatMap(command -> ((AccountCommand.Reserve) command).caps().stream())
        .map(CapDemand::key)
        .collect(Collectors.toSet());
  }

  /** A hold is usually the account's that pays now; else it is looked for. */
  private List<Decision<AccountAnswer>> elsewhere(
      List<Order> orders,
      List<Decision<Addressed>> usual,
      List<Decision<AccountAnswer>> decisions,
      Map<String, Known> known,
      Instant now) {
    SortedMap<Integer, Order.OfHold> sought = new TreeMap<>();
    for (int i = 0; i < orders.size(); i++) {
      if (orders.get(i) instanceof Order.OfHold order && mayBeElsewhere(decisions.get(i))) {
        sought.put(i, order);
      }
    }
    if (sought.isEmpty()) {
      return decisions;
    }
    Map<HoldKey, AccountId> payers = payers(sought.values());
    List<Decision<AccountAnswer>> all = new ArrayList<>(decisions);
    SortedMap<Integer, Decision<Addressed>> found = new TreeMap<>();
    sought.forEach(
        (place, order) -> {
          AccountId payer = payers.get(key(order));
          if (payer == null) {
            all.set(place, Decision.refused(Judge.noHold(order.engineer(), order.holdId())));
          } else if (!isFor(usual.get(place), payer)) {
            found.put(place, judge.judge(order, payer, known.get(order.engineer()), now));
          }
        });
    Iterator<Decision<AccountAnswer>> there =
        apply(List.copyOf(found.values()), known, now).iterator();
    found.keySet().forEach(place -> all.set(place, there.next()));
    return all;
  }

  private Map<HoldKey, AccountId> payers(Collection<Order.OfHold> orders) {
    Set<HoldKey> holds = orders.stream().map(OrderService::key).collect(Collectors.toSet());
    return transactions.run(handle -> accounts.accountsOfHolds(handle, holds));
  }

  private static HoldKey key(Order.OfHold order) {
    return new HoldKey(order.engineer(), order.holdId());
  }

  private static boolean isFor(Decision<Addressed> judged, AccountId account) {
    return judged instanceof Decision.Accepted<Addressed>(Addressed command)
        && command.account().equals(account);
  }

  /** Who changes currency has holds in the old one, for which no rate to the new one is needed. */
  private static boolean mayBeElsewhere(Decision<AccountAnswer> decision) {
    return decision instanceof Decision.Refused<AccountAnswer>(Failure why)
        && (why.reason() == Reason.NOT_FOUND || why.reason() == Reason.FX_RATE_MISSING);
  }
}
