package dev.fourthpillar.budget.crash;

import static dev.fourthpillar.budget.BudgetWorld.money;

import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.testkit.service.Refusal;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Gateways that go on whatever dies: each call is repeated with its id, at either replica, until
 * there is an answer, and what was answered is kept to be held against the ledger.
 */
final class Load implements AutoCloseable {
  static final List<String> ENGINEERS = List.of("ada", "bea", "cem", "dan");

  /** Dollars of each engineer. */
  static final int BUDGET = 100;

  private static final int GATEWAYS_EACH = 4;

  /** Of each engineer, the latest; the service keeps more, but not without end. */
  private static final int REFUSALS_KEPT = 100;

  /** Nothing was heard, or nothing was applied: the same again. */
  private static final Set<String> AGAIN =
      Set.of(
          "",
          "DRAINING",
          "OVERLOADED",
          "STORAGE_UNAVAILABLE",
          "CONFLICTING_CHANGE",
          "CANCELLED",
          "DEADLINE_PASSED",
          "OUTCOME_UNKNOWN");

  private final List<EnforcementServiceBlockingStub> replicas;
  private final Duration pause;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Told> told = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;

  /** What an engineer's gateways were answered. */
  static final class Told {
    /** Held by calls that are certainly under way. */
    final AtomicLong open = new AtomicLong();

    /** Nanos of each settled hold. */
    final Map<String, Long> settled = new ConcurrentHashMap<>();

    final Set<String> released = ConcurrentHashMap.newKeySet();
    final ConcurrentLinkedQueue<ReserveRequest> refused = new ConcurrentLinkedQueue<>();
    final AtomicLong repeated = new AtomicLong();
  }

  Load(List<EnforcementServiceBlockingStub> replicas, long seed) {
    this(replicas, seed, Duration.ZERO);
  }

  /**
   * @param pause of a gateway after each hold, where replicas have to start beside the load
   */
  Load(List<EnforcementServiceBlockingStub> replicas, long seed, Duration pause) {
    this.replicas = List.copyOf(replicas);
    this.pause = pause;
    for (String engineer : ENGINEERS) {
      told.put(engineer, new Told());
      for (int i = 0; i < GATEWAYS_EACH; i++) {
        String name = engineer + "-" + i;
        Random random = new Random(seed + name.hashCode());
        threads.add(Thread.ofVirtual().name(name).start(() -> work(engineer, name, random)));
      }
    }
  }

  Told told(String engineer) {
    return told.get(engineer);
  }

  /** What must not have happened. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** No new calls; those under way come to their end. */
  void finish() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Whether a refusal is still one, now that there may be room. */
  String reasonNow(ReserveRequest refused) {
    return Refusal.of(() -> replicas.getFirst().reserve(refused)).reason();
  }

  private void work(String engineer, String name, Random random) {
    try {
      for (int call = 0; !stopping; call++) {
        one(engineer, name + "-" + call, random);
        LockSupport.parkNanos(pause.toNanos());
      }
    } catch (RuntimeException e) {
      wrong.add(name + ": " + e);
    }
  }

  /** 30 to 60 of 100: three fit at most, and four want to. */
  private void one(String engineer, String hold, Random random) {
    Told mine = told(engineer);
    int dollars = 30 + random.nextInt(31);
    ReserveRequest reserve =
        ReserveRequest.newBuilder()
            .setEngineer(engineer)
            .setHoldId(hold)
            .setAmount(money("USD", Integer.toString(dollars)))
            .build();
    if (!answered(random, mine, stub -> stub.reserve(reserve))) {
      mine.refused.add(reserve);
      if (mine.refused.size() > REFUSALS_KEPT) {
        mine.refused.remove();
      }
      return;
    }
    if (mine.open.addAndGet(dollars) > BUDGET) {
      wrong.add("%s: more than %d held at a time".formatted(hold, BUDGET));
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(5)));
    mine.open.addAndGet(-dollars);
    if (random.nextInt(4) == 0) {
      ReleaseRequest release =
          ReleaseRequest.newBuilder().setEngineer(engineer).setHoldId(hold).build();
      require(hold, answered(random, mine, stub -> stub.release(release)));
      mine.released.add(hold);
    } else {
      long nanos = 1L + random.nextInt(1_000_000);
      SettleRequest settle =
          SettleRequest.newBuilder()
              .setEngineer(engineer)
              .setHoldId(hold)
              .setActualAmount(money("USD", BigDecimal.valueOf(nanos, 9).toPlainString()))
              .build();
      require(hold, answered(random, mine, stub -> stub.settle(settle)));
      mine.settled.put(hold, nanos);
    }
  }

  private void require(String hold, boolean done) {
    if (!done) {
      wrong.add(hold + ": the end of a hold that was admitted is refused");
    }
  }

  private interface Call {
    Object at(EnforcementServiceBlockingStub stub);
  }

  /**
   * Whether it was done; false is a refusal for want of budget. Half of the calls are cut short.
   */
  private boolean answered(Random random, Told mine, Call call) {
    while (true) {
      EnforcementServiceBlockingStub replica = replicas.get(random.nextInt(replicas.size()));
      long patience = random.nextBoolean() ? 1 + random.nextInt(20) : 5_000;
      try {
        var _ = call.at(replica.withDeadlineAfter(patience, TimeUnit.MILLISECONDS));
        return true;
      } catch (StatusRuntimeException e) {
        String reason = Refusal.of(e).reason();
        if (reason.equals("BUDGET_INSUFFICIENT")) {
          return false;
        }
        if (!AGAIN.contains(reason)) {
          throw e;
        }
        mine.repeated.incrementAndGet();
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
  }
}
