package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.repeat.Repeated;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.backbone.stream.Source;
import dev.fourthpillar.budget.ledger.LedgerService;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Balances that somebody watches. One look asks for the revisions of all watched accounts, whoever
 * watches them; only whose account has changed reads its balance again.
 */
@Context
final class WatchService implements AutoCloseable {
  /** What time alone changes has no revision. */
  private static final Duration ANYWAY = Duration.ofSeconds(30);

  private final Transactions transactions;
  private final LedgerService ledger;
  private final BalanceService balances;
  private final Map<String, Watched> watched = new HashMap<>();
  private final Repeated repeated;

  WatchService(
      Transactions transactions,
      LedgerService ledger,
      BalanceService balances,
      BalanceConfig config) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.balances = balances;
    this.repeated = Repeated.start("watch balances", config.watchInterval(), this::look);
  }

  /** Who is watched: the revision that was seen last, and by whom. */
  private static final class Watched {
    private long revision = -1;
    private final List<Watch> by = new ArrayList<>();
  }

  /**
   * The engineer's balances now, and each time they are others.
   *
   * @param bell rung when there may be something new
   */
  Source<List<Balance>> watch(String engineer, Runnable bell) {
    Watch watch = new Watch(engineer, bell);
    synchronized (watched) {
      watched.computeIfAbsent(engineer, _ -> new Watched()).by.add(watch);
    }
    return watch;
  }

  private void look() {
    List<String> engineers;
    synchronized (watched) {
      engineers = List.copyOf(watched.keySet());
    }
    if (engineers.isEmpty()) {
      return;
    }
    Map<String, Long> revisions = transactions.run(handle -> ledger.revisions(handle, engineers));
    synchronized (watched) {
      revisions.forEach(
          (engineer, revision) -> {
            Watched one = watched.get(engineer);
            if (one != null && one.revision != revision) {
              one.revision = revision;
              one.by.forEach(Watch::changed);
            }
          });
    }
  }

  private void forget(Watch watch) {
    synchronized (watched) {
      watched.computeIfPresent(
          watch.engineer,
          (_, one) -> {
            one.by.remove(watch);
            return one.by.isEmpty() ? null : one;
          });
    }
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }

  /** One who watches. Holds what was sent last, and nothing that waits. */
  private final class Watch implements Source<List<Balance>> {
    private final String engineer;
    private final Runnable bell;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private List<Balance> sent = List.of();
    private boolean began;
    private long looked;

    Watch(String engineer, Runnable bell) {
      this.engineer = engineer;
      this.bell = bell;
    }

    void changed() {
      changed.set(true);
      bell.run();
    }

    @Override
    public Step<List<Balance>> next() {
      long left = ANYWAY.toNanos() - (System.nanoTime() - looked);
      if (!changed.getAndSet(false) && left > 0) {
        return new Step.Wait<>(Duration.ofNanos(left));
      }
      looked = System.nanoTime();
      List<Balance> now = balances.get(engineer, Times.NOW);
      List<Balance> content = now.stream().map(each -> each.at(Instant.EPOCH)).toList();
      if (began && content.equals(sent)) {
        return new Step.Wait<>(ANYWAY);
      }
      began = true;
      sent = content;
      return new Step.Send<>(now);
    }

    @Override
    public void close() {
      forget(this);
    }
  }
}
