package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;

/** Counts open holds for the metrics. Every replica counts all of them. */
@Context
final class HoldWatchService implements AutoCloseable {
  /** About as often as metrics are collected: each look reads the index of open holds. */
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final Transactions transactions;
  private final AccountStore accounts;
  private final HoldRepository holds;
  private final Repeated repeated;
  private volatile Look last = new Look(OpenHolds.NONE, Instant.EPOCH);

  private record Look(OpenHolds open, Instant at) {}

  HoldWatchService(
      Transactions transactions,
      AccountStore accounts,
      HoldRepository holds,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.holds = holds;
    Gauge.builder("fourthpillar.budget.holds.open", this, watch -> watch.last.open.count())
        .description("Open holds of all engineers, at the last look")
        .register(metrics);
    Gauge.builder("fourthpillar.budget.holds.oldest", this, watch -> watch.age().toSeconds())
        .description("Seconds since the oldest open hold was made, at the last look; 0 = none")
        .baseUnit("seconds")
        .register(metrics);
    Gauge.builder("fourthpillar.budget.holds.overdue", this, watch -> watch.overdue().toSeconds())
        .description("Seconds since the first open hold should have ended; 0 = none should have")
        .baseUnit("seconds")
        .register(metrics);
    this.repeated = Repeated.start("count open holds", INTERVAL, this::look);
  }

  void look() {
    last = transactions.run(handle -> new Look(holds.open(handle), accounts.now(handle)));
  }

  private Duration age() {
    Look look = last;
    return look.open.age(look.at);
  }

  private Duration overdue() {
    Look look = last;
    return look.open.overdue(look.at);
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
