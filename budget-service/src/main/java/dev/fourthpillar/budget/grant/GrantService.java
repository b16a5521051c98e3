package dev.fourthpillar.budget.grant;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountCommand;
import dev.fourthpillar.budget.account.AccountCommand.AnnounceReduction;
import dev.fourthpillar.budget.account.AccountCommand.By;
import dev.fourthpillar.budget.account.AccountCommand.EndLot;
import dev.fourthpillar.budget.account.AccountCommand.GrantLot;
import dev.fourthpillar.budget.account.AccountCommand.RevokeLot;
import dev.fourthpillar.budget.account.AccountCommand.Wanted;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountState;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.grant.GrantChange.Extend;
import dev.fourthpillar.budget.grant.GrantChange.Issue;
import dev.fourthpillar.budget.grant.GrantChange.Reduce;
import dev.fourthpillar.budget.grant.GrantChange.Revoke;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.period.LateWindow;
import dev.fourthpillar.budget.period.PeriodService;
import dev.fourthpillar.budget.period.Reduction;
import dev.fourthpillar.budget.period.ReductionRepository;
import dev.fourthpillar.budget.person.PersonService;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** A person's lots, and what finance does with them beside the plans. Owns the transactions. */
@Singleton
final class GrantService {
  /** Reductions of a lot that are to come. */
  static final int MAX_TO_COME = 20;

  private final Transactions transactions;
  private final Outcomes outcomes;
  private final AccountStore accounts;
  private final PeriodService periods;
  private final ReductionRepository reductions;
  private final GrantRepository rows;
  private final PersonService people;

  GrantService(
      Transactions transactions,
      Outcomes outcomes,
      AccountStore accounts,
      PeriodService periods,
      ReductionRepository reductions,
      GrantRepository rows,
      PersonService people) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.accounts = accounts;
    this.periods = periods;
    this.reductions = reductions;
    this.rows = rows;
    this.people = people;
  }

  Grant get(String engineer, String lot) {
    return transactions.run(handle -> find(handle, engineer, lot));
  }

  /** By account and lot. */
  List<Grant> list(String engineer) {
    return transactions.run(
        handle -> {
          requireKnown(handle, engineer);
          return all(handle, engineer);
        });
  }

  /**
   * Does it, once.
   *
   * @param answer of the lot after it
   */
  <T> T change(
      MutatingRequest request,
      GrantChange change,
      Function<Grant, T> answer,
      AnswerCodec<T> codec) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle, request, codec, () -> decide(handle, request, change, answer)))
        .orThrow();
  }

  private <T> Decision<T> decide(
      Handle handle, MutatingRequest request, GrantChange change, Function<Grant, T> answer) {
    try {
      String engineer = change.engineer();
      requireKnown(handle, engineer);
      periods.refresh(handle, engineer);
      By by = new By(request.subject(), change.reason());
      Instant now = accounts.now(handle);
      switch (change) {
        case Issue issue -> issue(handle, issue, by, now);
        case Reduce reduce -> reduce(handle, reduce, by, now);
        case Revoke revoke -> revoke(handle, revoke, by);
        case Extend extend -> extend(handle, extend, by, now);
      }
      // What is due next is another time now.
      periods.refresh(handle, engineer);
      return Decision.accepted(answer.apply(find(handle, engineer, change.lot())));
    } catch (FailureException refused) {
      return Decision.refused(refused.failure());
    }
  }

  private void issue(Handle handle, Issue issue, By by, Instant now) {
    if (all(handle, issue.engineer()).stream().anyMatch(g -> g.lot().id().equals(issue.lot()))) {
      throw Failure.of(
              Reason.ID_REUSED,
              "'%s' has a lot '%s' already".formatted(issue.engineer(), issue.lot()))
          .with("id", issue.lot())
          .with("different_fields", "")
          .asException();
    }
    String currency = issue.amount().currency();
    AccountId account =
        accounts.ofEngineer(handle, issue.engineer()).stream()
            .map(AccountState::id)
            .filter(id -> id.currency().equals(currency))
            .findFirst()
            .orElseThrow(() -> otherCurrency(handle, issue, currency).asException());
    Instant effective = issue.effective().orElseGet(() -> now.truncatedTo(ChronoUnit.MINUTES));
    Instant earliest = now.minus(LateWindow.LENGTH);
    if (effective.isBefore(earliest)) {
      throw time("effective_time", "must be %s or later".formatted(earliest), effective);
    }
    Instant after = effective.isAfter(now) ? effective : now;
    issue
        .expiry()
        .filter(expiry -> !expiry.isAfter(after))
        .ifPresent(
            expiry -> {
              throw time("expire_time", "must be later than %s".formatted(after), expiry);
            });
    apply(
        handle,
        account,
        new GrantLot(
            issue.lot(),
            LotSource.MANUAL,
            issue.priority(),
            Minutes.of(effective),
            minute(issue.expiry()),
            issue.amount().nanos(),
            Optional.empty(),
            cause(issue, "ISSUED")),
        by);
    rows.put(handle, issue.engineer(), issue.lot(), by, now);
  }

  private void reduce(Handle handle, Reduce reduce, By by, Instant now) {
    Grant grant = find(handle, reduce.engineer(), reduce.lot());
    requireCurrency(grant, reduce.amount());
    if (grant.toCome().size() >= MAX_TO_COME) {
      throw Failure.of(
              Reason.LIMIT_EXCEEDED,
              "reductions to come of '%s': %d (expected: at most %d)"
                  .formatted(reduce.lot(), grant.toCome().size() + 1, MAX_TO_COME))
          .with("limit", "reductions")
          .with("max", Integer.toString(MAX_TO_COME))
          .with("actual", Integer.toString(grant.toCome().size() + 1))
          .asException();
    }
    Instant earliest = now.plus(periods.notice(handle, reduce.engineer()));
    Instant effective = reduce.effective().orElse(earliest);
    if (effective.isBefore(earliest.truncatedTo(ChronoUnit.MINUTES))) {
      throw time(
          "effective_time",
          "must be %s or later, as the plan's notice says".formatted(earliest),
          effective);
    }
    reductions.add(
        handle,
        new Reduction(
            UUID.randomUUID().toString(),
            grant.account(),
            reduce.lot(),
            reduce.amount().nanos(),
            effective,
            by));
    if (effective.isAfter(now)) {
      apply(
          handle,
          grant.account(),
          new AnnounceReduction(
              reduce.lot(), reduce.amount().nanos(), effective, cause(reduce, "REDUCED")),
          by);
    }
  }

  private void revoke(Handle handle, Revoke revoke, By by) {
    Grant grant = find(handle, revoke.engineer(), revoke.lot());
    requireManual(grant);
    if (!periods.notice(handle, revoke.engineer()).isZero()) {
      throw Failure.invalidField(
              "lot", "must be reduced instead: the person's plan has a notice", "grant.notice")
          .asException();
    }
    apply(handle, grant.account(), new RevokeLot(revoke.lot(), cause(revoke, "REVOKED")), by);
  }

  private void extend(Handle handle, Extend extend, By by, Instant now) {
    Grant grant = find(handle, extend.engineer(), extend.lot());
    requireManual(grant);
    if (grant.lot().expiredAt(Minutes.of(now)) || minute(extend.expiry()) <= grant.lot().expiry()) {
      throw Failure.invalidField(
              "expire_time",
              "must be later than so far, and the lot must not have expired",
              "grant.extend")
          .asException();
    }
    apply(
        handle,
        grant.account(),
        new EndLot(
            extend.lot(), minute(extend.expiry()), Optional.empty(), cause(extend, "EXTENDED")),
        by);
  }

  private void apply(Handle handle, AccountId account, AccountCommand change, By by) {
    var _ = accounts.apply(handle, account, new Wanted(change, by)).orThrow();
  }

  private Grant find(Handle handle, String engineer, String lot) {
    return all(handle, engineer).stream()
        .filter(grant -> grant.lot().id().equals(lot))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.notFound(
                        "lot", lot, "lot '%s' of '%s' does not exist".formatted(lot, engineer))
                    .asException());
  }

  private List<Grant> all(Handle handle, String engineer) {
    Map<String, By> issued = rows.of(handle, engineer);
    List<Reduction> toCome = reductions.toCome(handle, engineer);
    return accounts.ofEngineer(handle, engineer).stream()
        .flatMap(
            state ->
                state.lots().stream()
                    .sorted(Comparator.comparing(Lot::id))
                    .map(
                        lot ->
                            new Grant(
                                state.id(),
                                lot,
                                issued.getOrDefault(lot.id(), By.NOBODY),
                                toCome.stream()
                                    .filter(r -> r.lot().equals(lot.id()))
                                    .filter(r -> r.account().equals(state.id()))
                                    .toList())))
        .toList();
  }

  private void requireKnown(Handle handle, String engineer) {
    if (people.find(handle, engineer).isEmpty()) {
      throw Failure.notFound(
              "engineer", engineer, "engineer '%s' does not exist".formatted(engineer))
          .asException();
    }
  }

  private static void requireManual(Grant grant) {
    if (grant.lot().source() != LotSource.MANUAL) {
      throw Failure.invalidField(
              "lot",
              "must be one that IssueGrant made: a plan says how its lots end",
              "grant.manual")
          .asException();
    }
  }

  private static void requireCurrency(Grant grant, Amount amount) {
    if (!amount.currency().equals(grant.account().currency())) {
      throw mismatch(grant.account().currency(), amount.currency()).asException();
    }
  }

  private Failure otherCurrency(Handle handle, Issue issue, String currency) {
    return mismatch(people.find(handle, issue.engineer()).orElseThrow().currency(), currency);
  }

  private static Failure mismatch(String expected, String actual) {
    return Failure.of(
            Reason.CURRENCY_MISMATCH,
            "amount.currency_code: %s (expected: %s, the account's)".formatted(actual, expected))
        .with("field", "amount.currency_code")
        .with("expected", expected)
        .with("actual", actual);
  }

  private static FailureException time(String field, String expected, Instant is) {
    return Failure.invalidField(field, "%s; it is %s".formatted(expected, is), "time.order")
        .asException();
  }

  private static Cause cause(GrantChange change, String detail) {
    return Cause.command(change.lot(), detail);
  }

  private static long minute(Optional<Instant> expiry) {
    return expiry.map(Minutes::of).orElse(Minutes.NEVER);
  }
}
