package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.balance.Forecast.Method;
import dev.fourthpillar.budget.ledger.LedgerService;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Forecasts from the running totals that entries carry: two of them say what was used between. */
@Singleton
final class ForecastService {
  private final Transactions transactions;
  private final LedgerService ledger;
  private final BalanceService balances;

  ForecastService(Transactions transactions, LedgerService ledger, BalanceService balances) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.balances = balances;
  }

  /** What a method says. */
  record Said(Method method, BigInteger used, Forecast forecast) {}

  /** What all methods say of an account. */
  record AccountForecast(Balance balance, List<Said> said) {}

  List<AccountForecast> of(String engineer) {
    return transactions.run(
        handle -> {
          ledger.freeze(handle);
          return balances.now(handle, engineer).stream()
              .map(
                  balance ->
                      new AccountForecast(
                          balance,
                          Arrays.stream(Method.values())
                              .map(method -> said(handle, balance, method))
                              .toList()))
              .toList();
        });
  }

  private Said said(Handle handle, Balance balance, Method method) {
    String account = balance.account().toString();
    BigInteger used =
        ledger
            .booked(handle, account)
            .settled()
            .subtract(
                ledger.totals(handle, account, balance.asOf().minus(method.window())).settled());
    Optional<Duration> age =
        ledger.after(handle, account, 0, 1).stream()
            .map(first -> Duration.between(first.recorded(), balance.asOf()))
            .findFirst();
    return new Said(method, used, method.of(balance.available(), balance.uncapped(), used, age));
  }
}
