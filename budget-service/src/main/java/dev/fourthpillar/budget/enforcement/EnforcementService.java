package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountCommand.Estimate;
import dev.fourthpillar.budget.account.AccountCommand.Said;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountState;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.Addressed;
import dev.fourthpillar.budget.account.LedgerTime;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.period.PeriodService;
import dev.fourthpillar.budget.person.Person;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** May a call be made, and who pays? Prices and judges each command, and lets the lanes decide. */
@Singleton
final class EnforcementService {
  private final Transactions transactions;
  private final AccountStore accounts;
  private final HoldRepository holds;
  private final FactsService facts;
  private final PeriodService periods;
  private final CallPrices prices;
  private final LedgerTime time;
  private final InstantSource clock;
  private final Lanes lanes;

  EnforcementService(
      EnforcementConfig config,
      Transactions transactions,
      AccountStore accounts,
      HoldRepository holds,
      FactsService facts,
      PeriodService periods,
      CallPrices prices,
      LedgerTime time,
      InstantSource clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.holds = holds;
    this.facts = facts;
    this.periods = periods;
    this.prices = prices;
    this.time = time;
    this.clock = clock;
    this.lanes = new Lanes(config, this::apply);
  }

  /**
   * One transaction. The first use of a period opens it there; who else asks pays nothing for it.
   */
  private List<Decision<AccountAnswer>> apply(List<Addressed> commands) {
    Instant now = now();
    Set<AccountId> used =
        commands.stream().map(Addressed::account).collect(Collectors.toCollection(TreeSet::new));
    List<String> due =
        used.stream()
            .map(AccountId::engineer)
            .distinct()
            .filter(engineer -> facts.due(engineer, now))
            .toList();
    if (due.isEmpty()) {
      return transactions.run(handle -> accounts.apply(handle, commands));
    }
    List<Decision<AccountAnswer>> decisions =
        transactions.run(
            handle -> {
              periods.openIfDue(handle, used);
              return accounts.apply(handle, commands);
            });
    due.forEach(facts::opened);
    return decisions;
  }

  @PreDestroy
  void close() {
    lanes.close();
  }

  Hold reserve(ReserveOrder order) {
    String engineer = order.terms().engineer();
    if (!order.payer().isEmpty() && !order.payer().equals("engineers/" + engineer)) {
      throw Failure.of(
              Reason.PAYER_NOT_ALLOWED,
              "payer '%s' may not pay for '%s'".formatted(order.payer(), engineer))
          .with("payer", order.payer())
          .with("engineer", engineer)
          .asException();
    }
    Person person = person(engineer);
    AccountCommand.Reserve command =
        new AccountCommand.Reserve(order.terms(), order.content(), estimate(order, person));
    return hold(lanes.decide(new Addressed(account(person), command)));
  }

  /** What may be held; or why nothing may, which the ledger keeps as the answer to this id. */
  private Estimate estimate(ReserveOrder order, Person person) {
    Instant now = now();
    Optional<Failure> refused = mayNot(person, now);
    if (refused.isPresent()) {
      return new Estimate.Impossible(refused.get());
    }
    Priced priced =
        switch (order.wanted()) {
          case Wanted.Money(Amount amount) -> prices.amount(amount, person.currency(), now);
          case Wanted.Estimated(Call call) ->
              prices.price(person.engineer(), call, person.currency(), now);
        };
    return switch (priced) {
      case Priced.Unknown(Failure why) -> new Estimate.Impossible(why);
      case Priced.At(Cost cost, _) -> new Estimate.Known(attempt(order, cost));
    };
  }

  private static Attempt attempt(ReserveOrder order, Cost cost) {
    return switch (order.wanted()) {
      case Wanted.Money _ -> new Attempt("", "", order.ids(), List.of(), cost);
      case Wanted.Estimated(Call call) ->
          new Attempt(call.provider(), call.model(), order.ids(), call.counts(), cost);
    };
  }

  private Optional<Failure> mayNot(Person person, Instant now) {
    if (!facts.gateOpen(person.country(), now)) {
      return Optional.of(
          Failure.of(
                  Reason.COLLECTION_GATE_CLOSED,
                  "the collection gate of %s is closed".formatted(person.country()))
              .with("engineer", person.engineer())
              .with("country", person.country()));
    }
    LocalDate today = now.atZone(person.zone()).toLocalDate();
    if (person.employment().covers(today)) {
      return Optional.empty();
    }
    LocalDate first = person.employment().firstDay();
    return Optional.of(
        today.isBefore(first)
            ? notEmployed(person, "begins", "start_date", first)
            : notEmployed(
                person, "ended", "last_day", person.employment().lastDay().orElse(first)));
  }

  private static Failure notEmployed(Person person, String how, String field, LocalDate day) {
    return Failure.of(
            Reason.NOT_EMPLOYED,
            "the employment of '%s' %s on %s".formatted(person.engineer(), how, day))
        .with("engineer", person.engineer())
        .with(field, day.toString());
  }

  Hold settle(SettleOrder order) {
    return ofHold(
        order.engineer(),
        order.holdId(),
        currency ->
            new AccountCommand.Settle(
                order.holdId(),
                order.content(),
                order.calls().stream().map(call -> said(order.engineer(), call, currency)).toList(),
                order.actual().map(amount -> actual(amount, currency))));
  }

  private Said said(String engineer, Call call, String currency) {
    return switch (call.quantities().isEmpty()
        ? new Priced.Unknown(Failure.of(Reason.MODEL_UNPRICED, "nothing to price"))
        : prices.price(engineer, call, currency, now())) {
      case Priced.At(Cost cost, _) -> new Said(attempt(call, cost), true);
      // It is booked as what was estimated, and usage-service puts it right when there is a price.
      case Priced.Unknown _ -> new Said(attempt(call, Cost.plain(new Amount(currency, 0))), false);
    };
  }

  private static Attempt attempt(Call call, Cost cost) {
    return new Attempt(call.provider(), call.model(), call.ids(), call.counts(), cost);
  }

  private Cost actual(Amount amount, String currency) {
    return switch (prices.amount(amount, currency, now())) {
      case Priced.At(Cost cost, _) -> cost;
      case Priced.Unknown(Failure why) -> throw why.asException();
    };
  }

  Hold release(String engineer, String holdId) {
    return ofHold(engineer, holdId, _ -> new AccountCommand.Release(holdId));
  }

  Hold extend(String engineer, String holdId, Duration ttl, List<String> ids) {
    return ofHold(engineer, holdId, _ -> new AccountCommand.Extend(holdId, ttl, ids));
  }

  /** A hold is usually the account's that pays now; else it is looked for. */
  private Hold ofHold(String engineer, String holdId, Function<String, AccountCommand> commandIn) {
    Optional<AccountId> usual = facts.person(engineer).map(EnforcementService::account);
    Optional<Decision<AccountAnswer>> there = usual.map(account -> decide(account, commandIn));
    if (there.isPresent() && !mayBeElsewhere(there.get())) {
      return hold(there.get());
    }
    AccountId account =
        Optional.ofNullable(
                transactions
                    .run(handle -> accounts.accountsOfHolds(handle, engineer, List.of(holdId)))
                    .get(holdId))
            .orElseThrow(() -> notFound(engineer, holdId).asException());
    return hold(
        there.filter(_ -> usual.get().equals(account)).orElseGet(() -> decide(account, commandIn)));
  }

  /** An amount without a rate to the account's currency is refused as by the ledger. */
  private Decision<AccountAnswer> decide(
      AccountId account, Function<String, AccountCommand> commandIn) {
    AccountCommand command;
    try {
      command = commandIn.apply(account.currency());
    } catch (FailureException e) {
      return Decision.refused(e.failure());
    }
    return lanes.decide(new Addressed(account, command));
  }

  /** Who changes currency has holds in the old one, for which no rate to the new one is needed. */
  private static boolean mayBeElsewhere(Decision<AccountAnswer> decision) {
    return decision instanceof Decision.Refused<AccountAnswer>(Failure why)
        && (why.reason() == Reason.NOT_FOUND || why.reason() == Reason.FX_RATE_MISSING);
  }

  private static Hold hold(Decision<AccountAnswer> decision) {
    return decision.orThrow().hold().orElseThrow();
  }

  Hold get(String engineer, String holdId) {
    return transactions
        .run(handle -> holds.find(handle, engineer, holdId))
        .orElseThrow(() -> notFound(engineer, holdId).asException());
  }

  Page<Hold> list(String engineer, Optional<HoldState> state, PageRequest page) {
    return transactions.run(handle -> holds.list(handle, engineer, state, page));
  }

  Quote quote(String engineer, Call call) {
    Person person = person(engineer);
    AccountId account = account(person);
    return switch (prices.price(engineer, call, person.currency(), now())) {
      case Priced.Unknown(Failure why) -> throw why.asException();
      case Priced.At(Cost cost, String bookId) ->
          transactions.run(
              handle -> {
                Instant asOf = accounts.now(handle);
                AccountState state =
                    accounts.find(handle, account).orElseGet(() -> AccountState.empty(account));
                return new Quote(
                    account, cost, bookId, state.available(asOf), state.uncappedAt(asOf), asOf);
              });
    };
  }

  private Person person(String engineer) {
    return facts
        .person(engineer)
        .orElseThrow(
            () ->
                Failure.notFound(
                        "engineer",
                        engineer,
                        "nobody has told of engineer '%s'".formatted(engineer))
                    .asException());
  }

  private static Failure notFound(String engineer, String holdId) {
    return Failure.notFound(
        "hold", holdId, "hold '%s' of engineer '%s' does not exist".formatted(holdId, engineer));
  }

  private static AccountId account(Person person) {
    return new AccountId(person.engineer(), person.currency());
  }

  /** Near enough to the ledger's time to choose a price book and a day's rate. */
  private Instant now() {
    return time.at(clock.instant());
  }
}
