package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.config.LiveConfiguration;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** What accounts are decided with. */
@Factory
final class AccountFactory {

  @Singleton
  AccountDecider decider(LiveConfiguration configuration) {
    Supplier<AccountConfig> config = configuration.of(AccountConfig.class);
    return new AccountDecider(() -> config.get().thresholds());
  }

  /** The database's, unless whoever starts the service brings another. */
  @Singleton
  @Requires(missingBeans = LedgerTime.class)
  LedgerTime time() {
    return database -> database;
  }
}
