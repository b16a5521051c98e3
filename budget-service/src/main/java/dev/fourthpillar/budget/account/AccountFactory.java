package dev.fourthpillar.budget.account;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** What accounts are decided with. */
@Factory
final class AccountFactory {

  @Singleton
  AccountDecider decider(AccountConfig config) {
    return new AccountDecider(config.thresholds());
  }

  /** The database's, unless whoever starts the service brings another. */
  @Singleton
  @Requires(missingBeans = LedgerTime.class)
  LedgerTime time() {
    return database -> database;
  }
}
