package dev.fourthpillar.cli.suite;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One service as a process of its own, watched: when it ends unasked it is started again, after 1,
 * 2, 4, … seconds, and given up when it dies too often.
 */
final class ServiceProcess {
  /** A service that keeps dying has a reason that starting it again does not cure. */
  static final int MAX_DEATHS = 5;

  static final Duration DEATHS_COUNT_FOR = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(25);
  private static final Duration HEALTH_WITHIN = Duration.ofSeconds(2);

  private final SuiteService service;
  private final Supplier<ProcessBuilder> builder;
  private final PidFile pidFile;
  private final LogFile log;
  private final SuiteListener listener;

  private final Deque<Long> deathsNanos = new ArrayDeque<>();
  private Process process;
  private long startedNanos;
  private boolean wanted;
  private boolean givenUp;

  ServiceProcess(
      SuiteService service,
      Supplier<ProcessBuilder> builder,
      PidFile pidFile,
      LogFile log,
      SuiteListener listener) {
    this.service = service;
    this.builder = builder;
    this.pidFile = pidFile;
    this.log = log;
    this.listener = listener;
  }

  synchronized void start() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException(service.id() + " is running (expected: not)");
    }
    wanted = true;
    givenUp = false;
    launch();
  }

  private void launch() {
    try {
      startedNanos = System.nanoTime();
      process = builder.get().start();
    } catch (IOException e) {
      throw new SuiteException("cannot start " + service.id(), e);
    }
    pidFile.write(process.toHandle());
    Process launched = process;
    // Not virtual: reading a pipe keeps the carrier, and three of them would keep all there are.
    Thread.ofPlatform().daemon().name("watch-" + service.id()).start(() -> watch(launched));
  }

  private void watch(Process launched) {
    try {
      log.copy(launched.getInputStream());
    } catch (IOException _) {
      // Its end is what counts here.
    }
    try {
      ended(launched, launched.waitFor());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void ended(Process launched, int exitCode) throws InterruptedException {
    Duration pause;
    synchronized (this) {
      if (process != launched || !wanted) {
        return;
      }
      pause = pauseAfterDeath();
      if (deathsNanos.size() > MAX_DEATHS) {
        wanted = false;
        givenUp = true;
        notifyAll();
      }
    }
    if (givenUp()) {
      listener.givenUp(service, deathMessage(exitCode));
      return;
    }
    listener.died(service, exitCode, pause);
    Thread.sleep(pause);
    synchronized (this) {
      if (process == launched && wanted) {
        launch();
      }
    }
  }

  private Duration pauseAfterDeath() {
    long now = System.nanoTime();
    deathsNanos.addLast(now);
    while (now - deathsNanos.peekFirst() > DEATHS_COUNT_FOR.toNanos()) {
      deathsNanos.removeFirst();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(deathsNanos.size() - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private String deathMessage(int exitCode) {
    return "%s ended with exit code %d; its log (%s) ends with:%n%s"
        .formatted(service.id(), exitCode, log.path(), log.tail());
  }

  /**
   * Returns when the service says over gRPC that it serves.
   *
   * @return how long after the start of its process
   * @throws SuiteException when its process ends first, or it takes longer than the limit
   */
  Duration awaitReady(ManagedChannel channel, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      if (serves(channel)) {
        Duration after = Duration.ofNanos(System.nanoTime() - started());
        listener.ready(service, after);
        return after;
      }
      Process current = current();
      if (!current.isAlive()) {
        stopWanting();
        throw new SuiteException(deathMessage(current.exitValue()));
      }
      if (System.nanoTime() > end) {
        throw new SuiteException(
            "%s was not ready within %s; its log (%s) ends with:%n%s"
                .formatted(service.id(), limit, log.path(), log.tail()));
      }
      pause();
    }
  }

  private static boolean serves(ManagedChannel channel) {
    // A channel that was refused waits for a second and more before it tries again by itself.
    channel.resetConnectBackoff();
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(HEALTH_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException _) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SuiteException("interrupted while waiting for a service", e);
    }
  }

  /** Ends it as a power cut would; it is not started again until {@link #start}. */
  void kill9() {
    stopWanting();
    Process current = current();
    current.destroyForcibly();
    if (!endsWithin(current, KILLED_WITHIN)) {
      throw new SuiteException(
          "%s was still there %s after SIGKILL".formatted(service.id(), KILLED_WITHIN));
    }
    pidFile.delete();
  }

  /** Asks it to drain; see {@link #awaitStopped}. */
  void askToStop() {
    stopWanting();
    Process current = current();
    if (current != null) {
      // Process.destroy() would close its output, and with it the last lines of its log.
      current.toHandle().destroy();
    }
  }

  /** Returns when it is gone; killed, if it takes longer than the limit. */
  void awaitStopped(Duration limit) {
    Process current = current();
    if (current == null) {
      return;
    }
    if (!endsWithin(current, limit)) {
      current.destroyForcibly();
      endsWithin(current, KILLED_WITHIN);
    }
    pidFile.delete();
  }

  long pid() {
    return current().pid();
  }

  synchronized boolean givenUp() {
    return givenUp;
  }

  private synchronized Process current() {
    return process;
  }

  private synchronized long started() {
    return startedNanos;
  }

  private synchronized void stopWanting() {
    wanted = false;
  }

  private static boolean endsWithin(Process process, Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
