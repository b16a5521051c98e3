package dev.fourthpillar.budget.pricing;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;

/** Lets this replica see the books that another one was told of. */
@Context
final class PriceRefresh implements AutoCloseable {
  private final Repeated repeated;

  PriceRefresh(Transactions transactions, PriceService prices, PriceConfig config) {
    this.repeated =
        Repeated.start(
            "read price books",
            config.refreshInterval(),
            () -> {
              var _ = transactions.run(prices::table);
            });
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
