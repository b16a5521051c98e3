package dev.fourthpillar.usage.crash;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * A sender at each door, which sends the same again until it is acknowledged, and keeps what was.
 */
final class Senders implements AutoCloseable {
  private static final int MAX_BATCH = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<String, SentCall> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, Integer> batches = new ConcurrentHashMap<>();

  /** By door. */
  private final Map<String, ConcurrentLinkedQueue<NotAcknowledged>> refused =
      new ConcurrentHashMap<>();

  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;

  Senders(Map<String, Door> doors, long seed) {
    doors.forEach(
        (name, door) -> {
          Random random = new Random(seed + name.hashCode());
          batches.put(name, 0);
          refused.put(name, new ConcurrentLinkedQueue<>());
          threads.add(Thread.ofVirtual().name(name).start(() -> work(name, door, random)));
        });
  }

  /** What was acknowledged, by its id. */
  Map<String, SentCall> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** What no sender may be answered. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** What was not acknowledged at a door since {@link #forget}. */
  List<NotAcknowledged> refused(String door) {
    return List.copyOf(refused.get(door));
  }

  void forget() {
    refused.values().forEach(ConcurrentLinkedQueue::clear);
  }

  /** Until two more batches of every sender are acknowledged: one of them was begun after this. */
  void awaitProgress() {
    Map<String, Integer> before = Map.copyOf(batches);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                !wrong.isEmpty()
                    || before.entrySet().stream()
                        .allMatch(door -> batches.get(door.getKey()) >= door.getValue() + 2));
  }

  /** No new batches; those under way are acknowledged. */
  void finish() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work(String name, Door door, Random random) {
    try {
      for (int batch = 0; !stopping; batch++) {
        List<SentCall> calls = batch(name + "-" + batch, random);
        deliver(name, door, calls);
        calls.forEach(call -> acknowledged.put(call.id(), call));
        batches.merge(name, 1, Integer::sum);
        LockSupport.parkNanos(MILLISECONDS.toNanos(random.nextInt(20)));
      }
    } catch (RuntimeException | AssertionError e) {
      wrong.add(name + ": " + e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(String name, Door door, List<SentCall> calls) throws InterruptedException {
    while (true) {
      try {
        door.send(calls);
        return;
      } catch (NotAcknowledged again) {
        refused.get(name).add(again);
        Thread.sleep(50);
      }
    }
  }

  private static List<SentCall> batch(String name, Random random) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<SentCall> calls = new ArrayList<>();
    int size = 1 + random.nextInt(MAX_BATCH);
    for (int i = 0; i < size; i++) {
      calls.add(
          new SentCall(name + "-" + i, now, 1 + random.nextInt(5_000), 1 + random.nextInt(500)));
    }
    return calls;
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    threads.forEach(Thread::interrupt);
  }
}
