package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountCommand.Estimate;
import dev.fourthpillar.budget.account.AccountCommand.Said;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.Addressed;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.person.Person;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What an order asks of which account, priced: or why nothing can be asked. Looks at no account.
 */
@Singleton
final class Judge {
  private final CallPrices prices;
  private final FactsService facts;
  private final CallCaps caps;

  Judge(CallPrices prices, FactsService facts, CallCaps caps) {
    this.prices = prices;
    this.facts = facts;
    this.caps = caps;
  }

  /** As a command to the account that pays for the engineer now. */
  Decision<Addressed> judge(Order order, Known known, Instant now) {
    return switch (order) {
      case ReserveOrder reserve -> reserve(reserve, known, now);
      case Order.OfHold ofHold ->
          known
              .person()
              .map(person -> judge(ofHold, account(person), known, now))
              .orElseGet(() -> Decision.refused(noHold(ofHold.engineer(), ofHold.holdId())));
    };
  }

  /** As a command to the account of the hold. */
  Decision<Addressed> judge(Order.OfHold order, AccountId account, Known known, Instant now) {
    try {
      AccountCommand command =
          switch (order) {
            case SettleOrder settle -> settle(settle, account.currency(), known, now);
            case ReleaseOrder release -> new AccountCommand.Release(release.holdId());
            case ExtendOrder extend ->
                new AccountCommand.Extend(extend.holdId(), extend.ttl(), extend.ids());
          };
      return Decision.accepted(new Addressed(account, command));
    } catch (FailureException e) {
      // An amount without a rate to the account's currency, for example.
      return Decision.refused(e.failure());
    }
  }

  private Decision<Addressed> reserve(ReserveOrder order, Known known, Instant now) {
    String engineer = order.engineer();
    if (!order.payer().isEmpty() && !order.payer().equals("engineers/" + engineer)) {
      return Decision.refused(
          Failure.of(
                  Reason.PAYER_NOT_ALLOWED,
                  "payer '%s' may not pay for '%s'".formatted(order.payer(), engineer))
              .with("payer", order.payer())
              .with("engineer", engineer));
    }
    Optional<String> unknown = caps.unknown(order.scopes());
    if (unknown.isPresent()) {
      String scope = CapKey.scope(unknown.get());
      return Decision.refused(
          Failure.notFound("cap", scope, "cap '%s' does not exist".formatted(scope)));
    }
    return known
        .person()
        .map(
            person ->
                Decision.accepted(
                    new Addressed(account(person), command(order, person, known, now))))
        .orElseGet(() -> Decision.refused(nobody(engineer)));
  }

  /** What may be held; or why nothing may, which the ledger keeps as the answer to this id. */
  private AccountCommand command(ReserveOrder order, Person person, Known known, Instant now) {
    return switch (price(order, person, known, now)) {
      case Priced.Unknown(Failure why) -> reserve(order, new Estimate.Impossible(why), List.of());
      case Priced.At at -> {
        CallCaps.Found found = caps.of(order, at, now);
        yield reserve(
            order,
            found
                .refusal()
                .<Estimate>map(Estimate.Impossible::new)
                .orElseGet(() -> new Estimate.Known(attempt(order, at.cost()))),
            found.demands());
      }
    };
  }

  private static AccountCommand reserve(
      ReserveOrder order, Estimate estimate, List<CapDemand> demands) {
    return new AccountCommand.Reserve(order.terms(), order.content(), estimate, demands);
  }

  private Priced price(ReserveOrder order, Person person, Known known, Instant now) {
    Optional<Failure> refused = mayNot(person, now);
    if (refused.isPresent()) {
      return new Priced.Unknown(refused.get());
    }
    return switch (order.wanted()) {
      case Wanted.Money(Amount amount) -> prices.amount(amount, person.currency(), now);
      case Wanted.Estimated(Call call) -> prices.price(known, call, person.currency(), now);
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

  private AccountCommand settle(SettleOrder order, String currency, Known known, Instant now) {
    return new AccountCommand.Settle(
        order.holdId(),
        order.content(),
        order.calls().stream().map(call -> said(known, call, currency, now)).toList(),
        order.actual().map(amount -> actual(amount, currency, now)));
  }

  private Said said(Known known, Call call, String currency, Instant now) {
    return switch (call.quantities().isEmpty()
        ? new Priced.Unknown(Failure.of(Reason.MODEL_UNPRICED, "nothing to price"))
        : prices.price(known, call, currency, now)) {
      case Priced.At(Cost cost, _, _) -> new Said(attempt(call, cost), true);
      // It is booked as what was estimated, and usage-service puts it right when there is a price.
      case Priced.Unknown _ -> new Said(attempt(call, Cost.plain(new Amount(currency, 0))), false);
    };
  }

  private static Attempt attempt(Call call, Cost cost) {
    return new Attempt(call.provider(), call.model(), call.ids(), call.counts(), cost);
  }

  private Cost actual(Amount amount, String currency, Instant now) {
    return switch (prices.amount(amount, currency, now)) {
      case Priced.At(Cost cost, _, _) -> cost;
      case Priced.Unknown(Failure why) -> throw why.asException();
    };
  }

  static AccountId account(Person person) {
    return new AccountId(person.engineer(), person.currency());
  }

  static Failure nobody(String engineer) {
    return Failure.notFound(
        "engineer", engineer, "nobody has told of engineer '%s'".formatted(engineer));
  }

  static Failure noHold(String engineer, String holdId) {
    return Failure.notFound(
        "hold", holdId, "hold '%s' of engineer '%s' does not exist".formatted(holdId, engineer));
  }
}
