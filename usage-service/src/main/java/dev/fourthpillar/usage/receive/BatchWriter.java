package dev.fourthpillar.usage.receive;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.storage.StorageFailures;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.intake.Intake;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository.Rejected;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what waits in as few transactions as possible: a commit costs more than a record. Whoever
 * waits is told when its own records are durable.
 *
 * <p>Everything is written again until it is written: reports are told apart from their resends, so
 * that trying again never counts twice. What the database refuses for reasons of its own is written
 * alone, and what it refuses alone is kept as rejected.
 */
@Singleton
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /** Beyond this a sender has long gone; its records are written all the same. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** How often a sender that waits looks whether the database is away. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(1);

  /** One reason for what no rule foresees: a defect of ours, found by its records. */
  private static final String UNPROCESSABLE = "UNPROCESSABLE";

  private final Transactions transactions;
  private final Intake intake;
  private final RejectedEvidenceRepository rejected;
  private final InstantSource clock;
  private final OtlpConfig config;
  private final LinkedBlockingQueue<Portion> queue = new LinkedBlockingQueue<>();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean closed;

  /** Whether the last attempt to write failed for the database's sake. */
  private volatile boolean outage;

  BatchWriter(
      Transactions transactions,
      Intake intake,
      RejectedEvidenceRepository rejected,
      InstantSource clock,
      OtlpConfig config) {
    this.transactions = transactions;
    this.intake = intake;
    this.rejected = rejected;
    this.clock = clock;
    this.config = config;
    for (int i = 0; i < config.writers(); i++) {
      writers.add(Thread.ofVirtual().name("otlp-writer-" + i).start(this::work));
    }
  }

  /** Blocks until the portion is durable. */
  void write(List<Evidence> reports, List<Rejected> refused) {
    List<Portion> portions = new ArrayList<>();
    for (int from = 0; from < reports.size(); from += config.transactionRecords()) {
      int to = Math.min(reports.size(), from + config.transactionRecords());
      portions.add(new Portion(reports.subList(from, to), List.of()));
    }
    if (!refused.isEmpty()) {
      portions.add(new Portion(List.of(), refused));
    }
    queue.addAll(portions);
    portions.forEach(this::await);
  }

  private void await(Portion portion) {
    long waited = 0;
    try {
      while (waited < LONGEST_WAIT.toMillis()) {
        try {
          portion.done.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException _) {
          waited += LOOK.toMillis();
          if ((outage && waited >= config.outageWait().toMillis()) || closed) {
            break;
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a portion was not written", failed.getCause());
    }
    throw Failure.of(
            Reason.STORAGE_UNAVAILABLE,
            "not known to be stored; send it again: it is not counted twice")
        .asException();
  }

  private void work() {
    try {
      while (!closed || !queue.isEmpty()) {
        Portion first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          writeUntilWritten(together(first));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Portion> together(Portion first) {
    List<Portion> portions = new ArrayList<>();
    portions.add(first);
    int records = first.size();
    for (Portion next = queue.peek();
        next != null && records + next.size() <= config.transactionRecords();
        next = queue.peek()) {
      Portion taken = queue.poll();
      if (taken == null) {
        break;
      }
      // Another writer may have been faster: then this is not the one that was looked at.
      portions.add(taken);
      records += taken.size();
    }
    return portions;
  }

  private void writeUntilWritten(List<Portion> portions) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        write(portions);
        outage = false;
        portions.forEach(portion -> portion.done.complete(null));
        return;
      } catch (RuntimeException thrown) {
        if (!isTransient(thrown)) {
          writeApart(portions, thrown);
          return;
        }
        if (!outage) {
          LOG.warn("telemetry is not written, and waits", thrown);
        }
        outage = true;
        if (closed) {
          portions.forEach(portion -> portion.done.completeExceptionally(thrown));
          return;
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }

  private void write(List<Portion> portions) {
    List<Evidence> reports = new ArrayList<>();
    List<Rejected> refused = new ArrayList<>();
    for (Portion portion : portions) {
      reports.addAll(portion.reports);
      refused.addAll(portion.refused);
    }
    transactions.run(
        handle -> {
          intake.accept(handle, reports, clock.instant());
          rejected.store(handle, refused, clock.instant());
          return reports.size();
        });
  }

  /** What is wrong with one record must not keep the others out, nor be lost. */
  private void writeApart(List<Portion> portions, RuntimeException thrown)
      throws InterruptedException {
    if (portions.size() > 1) {
      for (Portion portion : portions) {
        writeUntilWritten(List.of(portion));
      }
      return;
    }
    Portion portion = portions.getFirst();
    if (portion.reports.size() > 1) {
      int half = portion.reports.size() / 2;
      writeUntilWritten(List.of(new Portion(portion.reports.subList(0, half), List.of())));
      writeUntilWritten(
          List.of(new Portion(portion.reports.subList(half, portion.reports.size()), List.of())));
      portion.done.complete(null);
      return;
    }
    if (portion.reports.isEmpty()) {
      LOG.error("rejected telemetry cannot be kept", thrown);
      portion.done.completeExceptionally(thrown);
      return;
    }
    LOG.error("a report cannot be stored, and is kept as rejected", thrown);
    Portion kept =
        new Portion(List.of(), List.of(Rejected.of(portion.reports.getFirst(), UNPROCESSABLE)));
    writeUntilWritten(List.of(kept));
    portion.done.complete(null);
  }

  private static boolean isTransient(RuntimeException thrown) {
    Optional<Failure> failure =
        thrown instanceof FailureException known
            ? Optional.of(known.failure())
            : StorageFailures.find(thrown);
    return failure
        .map(Failure::reason)
        .filter(
            reason ->
                switch (reason) {
                  case STORAGE_UNAVAILABLE,
                      OVERLOADED,
                      CONFLICTING_CHANGE,
                      OUTCOME_UNKNOWN,
                      DEADLINE_PASSED ->
                      true;
                  default -> false;
                })
        .isPresent();
  }

  /** Writes what waits, within a limit. */
  @PreDestroy
  void close() {
    closed = true;
    try {
      for (Thread writer : writers) {
        writer.join(CLOSE_WAIT);
        writer.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What one sender waits for, or a part of it. */
  private static final class Portion {
    final List<Evidence> reports;
    final List<Rejected> refused;
    final CompletableFuture<Void> done = new CompletableFuture<>();

    Portion(List<Evidence> reports, List<Rejected> refused) {
      this.reports = reports;
      this.refused = refused;
    }

    int size() {
      return reports.size() + refused.size();
    }
  }
}
