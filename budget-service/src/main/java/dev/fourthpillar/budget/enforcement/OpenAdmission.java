package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.health.DatabasePresence;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.StorageFailures;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.Addressed;
import dev.fourthpillar.budget.cap.CapsService;
import dev.fourthpillar.budget.hold.CapPart;
import dev.fourthpillar.budget.hold.Hold;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FAIL_OPEN_WITH_CAP: while the database is away, reserves are let through as far as the replica's
 * cap goes, by what it remembers of people, prices and rates. They are booked before anything else
 * is once the database is back. Where it is not enabled, everything fails while the database is
 * away.
 */
@Context
final class OpenAdmission implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAdmission.class);

  private final OrderService orders;
  private final Judge judge;
  private final FactsService facts;
  private final CallPrices prices;
  private final CapsService caps;
  private final AccountStore accounts;
  private final Transactions transactions;
  private final DatabasePresence database;
  private final boolean enabled;
  private final UncheckedHolds open;
  private final Counter admitted;
  private final Repeated repeated;

  OpenAdmission(
      FailOpenConfig config,
      EnforcementConfig enforcement,
      OrderService orders,
      Judge judge,
      FactsService facts,
      CallPrices prices,
      CapsService caps,
      AccountStore accounts,
      Transactions transactions,
      DatabasePresence database,
      MeterRegistry metrics) {
    this.orders = orders;
    this.judge = judge;
    this.facts = facts;
    this.prices = prices;
    this.caps = caps;
    this.accounts = accounts;
    this.transactions = transactions;
    this.database = database;
    this.enabled = config.enabled();
    this.open = new UncheckedHolds(config);
    this.admitted =
        Counter.builder("fourthpillar.budget.open.admissions")
            .description("Holds let through while the database was away")
            .register(metrics);
    Gauge.builder("fourthpillar.budget.open.unbooked", open, UncheckedHolds::size)
        .description("Holds let through while the database was away that are not booked yet")
        .register(metrics);
    this.repeated =
        Repeated.start("book open admissions", enforcement.sweepInterval(), this::bookIfBack);
  }

  /** The decisions, in the order of the orders. */
  List<Decision<AccountAnswer>> decide(List<Order> batch) {
    if (!enabled) {
      return orders.decide(batch);
    }
    if (!database.answers()) {
      return withoutDatabase(batch);
    }
    try {
      book();
      return orders.decide(batch);
    } catch (RuntimeException e) {
      if (isAway(e)) {
        database.lost();
        return withoutDatabase(batch);
      }
      throw e;
    }
  }

  private static boolean isAway(RuntimeException thrown) {
    return failure(thrown)
        .filter(failure -> failure.reason() == Reason.STORAGE_UNAVAILABLE)
        .isPresent();
  }

  private static Optional<Failure> failure(RuntimeException thrown) {
    return thrown instanceof FailureException known
        ? Optional.of(known.failure())
        : StorageFailures.find(thrown);
  }

  private List<Decision<AccountAnswer>> withoutDatabase(List<Order> batch) {
    Instant now = orders.now();
    return batch.stream()
        .map(
            order ->
                order instanceof ReserveOrder reserve
                    ? withoutDatabase(reserve, now)
                    // Whoever settles has the truth, and can say it later; a hold lives on.
                    : Decision.<AccountAnswer>refused(UncheckedHolds.unavailable()))
        .toList();
  }

  private Decision<AccountAnswer> withoutDatabase(ReserveOrder order, Instant now) {
    Optional<Known> known = facts.remembered(order.engineer());
    if (known.isEmpty()) {
      return Decision.refused(UncheckedHolds.unavailable());
    }
    try {
      return switch (judge.judge(order, known.get(), now)) {
        case Decision.Refused<Addressed>(Failure why) -> Decision.refused(why);
        case Decision.Accepted<Addressed>(Addressed to) -> admit(to, now);
      };
    } catch (RuntimeException e) {
      if (isAway(e)) {
        // A rate, a gate or the caps were never asked for here.
        return Decision.refused(UncheckedHolds.unavailable());
      }
      throw e;
    }
  }

  private Decision<AccountAnswer> admit(Addressed to, Instant now) {
    AccountCommand.Reserve reserve = (AccountCommand.Reserve) to.command();
    return switch (reserve.estimate()) {
      case AccountCommand.Estimate.Impossible(Failure why) -> Decision.refused(why);
      case AccountCommand.Estimate.Known(var estimate) -> {
        Hold hold =
            Hold.open(
                reserve.terms(),
                to.account().toString(),
                reserve.content(),
                estimate.cost().accountNanos(),
                List.of(),
                estimate,
                reserve.caps().stream().map(demand -> CapPart.of(demand, estimate.cost())).toList(),
                true,
                now);
        yield switch (open.admit(hold, prices.currency(now))) {
          case Decision.Refused<Hold>(Failure why) -> Decision.refused(why);
          case Decision.Accepted<Hold>(Hold known) -> Decision.accepted(answer(known));
        };
      }
    };
  }

  private AccountAnswer answer(Hold hold) {
    admitted.increment();
    LOG.warn(
        "the database is away: hold '{}' was let through; {} wait to be booked",
        hold.terms().holdId(),
        open.size());
    return AccountAnswer.unchecked(hold);
  }

  private void bookIfBack() {
    if (open.size() > 0 && database.answers()) {
      book();
    }
  }

  /** Books what was let through; all of it, so that who is decided next sees it. */
  private synchronized void book() {
    for (List<Hold> some = open.first(AccountStore.MAX_COMMANDS);
        !some.isEmpty();
        some = open.first(AccountStore.MAX_COMMANDS)) {
      book(some);
    }
  }

  private void book(List<Hold> some) {
    try {
      caps.open(
          some.stream().flatMap(hold -> hold.caps().stream()).map(CapPart::key).toList(),
          orders.now());
      List<Decision<AccountAnswer>> booked =
          transactions.run(
              handle -> accounts.apply(handle, some.stream().map(OpenAdmission::command).toList()));
      booked.stream()
          .filter(Decision.Refused.class::isInstance)
          .forEach(
              refused -> LOG.error("a hold that was let through cannot be booked: {}", refused));
      LOG.warn("the database is back: {} holds that were let through are booked", some.size());
    } catch (RuntimeException e) {
      if (failure(e).isPresent()) {
        throw e;
      }
      // One of them cannot be decided at all: neither the others nor new calls may wait for it.
      if (some.size() > 1) {
        some.forEach(one -> book(List.of(one)));
        return;
      }
      LOG.error("hold '{}' was let through and is lost", some.getFirst().terms().holdId(), e);
    }
    open.booked(some);
  }

  private static Addressed command(Hold hold) {
    return new Addressed(AccountStore.accountOf(hold), new AccountCommand.Admit(hold));
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
    try {
      book();
    } catch (RuntimeException e) {
      LOG.error("{} holds that were let through are lost with this replica", open.size(), e);
    }
  }
}
