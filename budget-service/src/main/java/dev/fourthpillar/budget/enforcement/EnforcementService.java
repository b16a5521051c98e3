package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.backbone.storage.WantedCall;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.account.AccountState;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.person.Person;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** May a call be made, and who pays? The lanes decide; here is also what only looks. */
@Singleton
final class EnforcementService {
  private final Transactions transactions;
  private final AccountStore accounts;
  private final HoldRepository holds;
  private final FactsService facts;
  private final CallPrices prices;
  private final OrderService orders;
  private final Lanes lanes;

  EnforcementService(
      EnforcementConfig config,
      Transactions transactions,
      AccountStore accounts,
      HoldRepository holds,
      FactsService facts,
      CallPrices prices,
      OrderService orders,
      OpenAdmission open) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.holds = holds;
    this.facts = facts;
    this.prices = prices;
    this.orders = orders;
    this.lanes = new Lanes(config, open::decide);
  }

  @PreDestroy
  void close() {
    lanes.close();
  }

  /** The hold that the order made, changed or found. */
  Hold decide(Order order) {
    return lanes.decide(order).orThrow().hold().orElseThrow();
  }

  /**
   * The same for an order of a batch.
   *
   * @param call the batch's, at whose end an order that has not begun is not applied any more
   */
  CompletableFuture<Decision<AccountAnswer>> submit(Order order, WantedCall call) {
    return lanes.submit(order, call);
  }

  Hold get(String engineer, String holdId) {
    return transactions
        .run(handle -> holds.find(handle, engineer, holdId))
        .orElseThrow(() -> Judge.noHold(engineer, holdId).asException());
  }

  Page<Hold> list(String engineer, Optional<HoldState> state, PageRequest page) {
    return transactions.run(handle -> holds.list(handle, engineer, state, page));
  }

  Quote quote(String engineer, Call call) {
    Known known = facts.of(engineer);
    Person person = known.person().orElseThrow(() -> Judge.nobody(engineer).asException());
    AccountId account = Judge.account(person);
    return switch (prices.price(known, call, person.currency(), orders.now())) {
      case Priced.Unknown(Failure why) -> throw why.asException();
      case Priced.At(Cost cost, String bookId, _) ->
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
}
