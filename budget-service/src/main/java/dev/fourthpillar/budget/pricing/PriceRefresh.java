package dev.fourthpillar.budget.pricing;

import dev.fourthpillar.backbone.storage.Transactions;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets this replica see the books that another one was told of. */
@Context
final class PriceRefresh {
  private static final Logger LOG = LoggerFactory.getLogger(PriceRefresh.class);

  private final Transactions transactions;
  private final PriceService prices;

  PriceRefresh(Transactions transactions, PriceService prices) {
    this.transactions = transactions;
    this.prices = prices;
  }

  @Scheduled(fixedDelay = "${fourthpillar.prices.refresh-interval:1s}")
  void refresh() {
    try {
      var _ = transactions.run(prices::table);
    } catch (RuntimeException e) {
      LOG.warn("the price books were not looked at; the next look is soon", e);
    }
  }
}
