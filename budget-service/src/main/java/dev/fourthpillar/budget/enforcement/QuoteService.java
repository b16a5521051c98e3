package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountAnswer;
import dev.fourthpillar.budget.account.AccountState;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.account.Addressed;
import dev.fourthpillar.budget.cap.CapsService;
import dev.fourthpillar.budget.charge.Cost;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a reserve would come to: the same judgement and the same decision, of which nothing is kept.
 */
@Singleton
final class QuoteService {
  private final Transactions transactions;
  private final AccountStore accounts;
  private final FactsService facts;
  private final CallPrices prices;
  private final Judge judge;
  private final OrderService orders;
  private final CapsService caps;

  QuoteService(
      Transactions transactions,
      AccountStore accounts,
      FactsService facts,
      CallPrices prices,
      Judge judge,
      OrderService orders,
      CapsService caps) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.facts = facts;
    this.prices = prices;
    this.judge = judge;
    this.orders = orders;
    this.caps = caps;
  }

  /**
   * @param order with an estimate of a call, and no id of a hold
   */
  Quote quote(ReserveOrder order, Call call) {
    Known known = facts.of(order.engineer());
    Instant now = orders.now();
    Addressed reserve = judge.judge(order, known, now).orThrow();
    String currency = reserve.account().currency();
    return switch (prices.price(known, call, currency, now)) {
      case Priced.Unknown(Failure why) -> throw why.asException();
      case Priced.At(Cost cost, String bookId, _) ->
          quote(cost, bookId, reserve, tried(reserve, now));
    };
  }

  private AccountStore.Tried tried(Addressed reserve, Instant now) {
    // As a reserve does, so that the windows can be looked at.
    caps.open(OrderService.windows(List.of(reserve)), now);
    return transactions.run(handle -> accounts.tried(handle, reserve));
  }

  private static Quote quote(
      Cost cost, String bookId, Addressed reserve, AccountStore.Tried tried) {
    Optional<AccountState> account = tried.account();
    return new Quote(
        reserve.account(),
        cost,
        bookId,
        account.map(state -> state.available(tried.now())).orElse(BigInteger.ZERO),
        account.filter(state -> state.uncappedAt(tried.now())).isPresent(),
        tried.decision() instanceof Decision.Refused<AccountAnswer>(Failure why)
            ? Optional.of(why)
            : Optional.empty(),
        tried.now());
  }
}
