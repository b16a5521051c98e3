package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.storage.WantedCall;
import dev.fourthpillar.budget.account.AccountAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Decides many calls in one transaction each time. An engineer's calls share a lane, and a lane has
 * one transaction under way; what comes meanwhile is the next batch. A lane that is idle begins at
 * once, one that was busy waits for a moment for more.
 *
 * <p>A call that ended before its batch began is not applied. One that ends later may be: its id
 * tells.
 */
final class Lanes implements AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  /** How often an idle lane looks whether the service ends. */
  private static final Duration LOOK_UP = Duration.ofMillis(100);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final int queue;
  private final int maxBatch;
  private final long collectNanos;
  private final Function<List<Order>, List<Decision<AccountAnswer>>> transaction;
  private final List<Lane> lanes = new ArrayList<>();
  private volatile boolean closed;

  /**
   * @param transaction decides orders together; the decisions are in their order
   */
  Lanes(
      EnforcementConfig config, Function<List<Order>, List<Decision<AccountAnswer>>> transaction) {
    this.queue = config.queue();
    this.maxBatch = config.maxBatch();
    this.collectNanos = config.collect().toNanos();
    this.transaction = transaction;
    for (int i = 0; i < config.lanes(); i++) {
      lanes.add(new Lane("enforce-" + i));
    }
  }

  /** Waits for the order's decision. */
  Decision<AccountAnswer> decide(Order order) {
    return join(submit(order, WantedCall.current()));
  }

  /**
   * The order's decision, once it is made.
   *
   * @param call that waits for it
   * @throws dev.fourthpillar.backbone.failure.FailureException OVERLOADED, DRAINING
   */
  CompletableFuture<Decision<AccountAnswer>> submit(Order order, WantedCall call) {
    Waiting waiting = new Waiting(order, call, new CompletableFuture<>());
    Lane lane = lanes.get(Math.floorMod(order.engineer().hashCode(), lanes.size()));
    if (closed) {
      throw Failure.of(Reason.DRAINING, "this replica is draining; connect to another")
          .asException();
    }
    if (!lane.waiting.offer(waiting)) {
      throw Failure.of(
              Reason.OVERLOADED,
              "%d calls wait for their turn (expected: at most %d); retry in 0.1 s"
                  .formatted(queue, queue))
          .with("limit", "enforcement_queue")
          .with("max", Integer.toString(queue))
          .withRetryAfter(RETRY_AFTER)
          .asException();
    }
    call.onEnd(
        () -> {
          // Every call ends; a failure, with its stack, is made only for one that is still waited
          // for.
          if (!waiting.decision.isDone()) {
            waiting.decision.completeExceptionally(call.failure());
          }
        });
    return waiting.decision;
  }

  /** The decision; throws what kept it from being made. */
  static Decision<AccountAnswer> join(CompletableFuture<Decision<AccountAnswer>> decision) {
    try {
      return decision.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Calls that wait for their turn now. */
  int waiting() {
    return lanes.stream().mapToInt(lane -> lane.waiting.size()).sum();
  }

  @Override
  public void close() {
    closed = true;
    for (Lane lane : lanes) {
      try {
        // Not interrupted: that would close the socket under a commit.
        var _ = lane.thread.join(STOP_WITHIN);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** An order whose caller waits. */
  private record Waiting(
      Order order, WantedCall call, CompletableFuture<Decision<AccountAnswer>> decision) {}

  /** One transaction at a time. */
  private final class Lane {
    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(queue);
    private final Thread thread;

    Lane(String name) {
      // Not virtual: it waits for the database most of the time, and each answer would have to find
      // a carrier first.
      this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    private void run() {
      boolean busy = false;
      try {
        while (!closed) {
          Waiting first = waiting.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
          if (first == null) {
            busy = false;
            continue;
          }
          List<Waiting> batch = new ArrayList<>();
          batch.add(first);
          waiting.drainTo(batch, maxBatch - 1);
          if (busy || batch.size() > 1) {
            collect(batch);
          }
          batch.removeIf(one -> one.call.ended());
          apply(batch);
          busy = batch.size() > 1;
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      refuse();
    }

    private void collect(List<Waiting> batch) throws InterruptedException {
      long end = System.nanoTime() + collectNanos;
      while (batch.size() < maxBatch) {
        Waiting next = waiting.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (next == null) {
          return;
        }
        batch.add(next);
        waiting.drainTo(batch, maxBatch - batch.size());
      }
    }

    private void apply(List<Waiting> batch) {
      if (batch.isEmpty()) {
        return;
      }
      try {
        List<Decision<AccountAnswer>> decisions =
            transaction.apply(batch.stream().map(Waiting::order).toList());
        for (int i = 0; i < batch.size(); i++) {
          batch.get(i).decision.complete(decisions.get(i));
        }
      } catch (ArithmeticException | IllegalStateException | IllegalArgumentException e) {
        // One of them cannot be decided; the others must not suffer for it.
        if (batch.size() == 1) {
          batch.getFirst().decision.completeExceptionally(e);
        } else {
          batch.forEach(one -> apply(List.of(one)));
        }
      } catch (Throwable e) {
        batch.forEach(one -> one.decision.completeExceptionally(e));
      }
    }

    private void refuse() {
      List<Waiting> left = new ArrayList<>();
      waiting.drainTo(left);
      left.forEach(
          one ->
              one.decision.completeExceptionally(
                  Failure.of(Reason.DRAINING, "this replica is draining; connect to another")
                      .asException()));
    }
  }
}
