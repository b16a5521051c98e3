package dev.fourthpillar.localdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The live server process of one data directory, found by the pid file and only believed when the
 * process really is a postgres started on that directory: a pid alone may by now belong to anybody.
 */
record Postmaster(ProcessHandle process) {

  private static final String PID_FILE = "postmaster.pid";
  private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

  private static final Duration REAP_GRACE = Duration.ofMillis(250);

  static Optional<Postmaster> of(Path data) {
    return recordedProcess(data).filter(p -> serves(p, data)).map(Postmaster::new);
  }

  /**
   * The pid file of a dead server whose pid another process has by now. PostgreSQL would refuse to
   * start over it; without a process of that pid it would not mind. Backends of the dead server, if
   * any were left, still stop the new one: their shared memory is found by the data directory.
   */
  static void removeMisleadingPidFile(Path data) {
    Optional<ProcessHandle> stranger = recordedProcess(data).filter(p -> !serves(p, data));
    if (stranger.isEmpty()) {
      return;
    }
    try {
      Files.deleteIfExists(data.resolve(PID_FILE));
    } catch (IOException e) {
      throw new LocalPostgresException("cannot remove the pid file of a dead server in " + data, e);
    }
  }

  /**
   * Ends the server as a power cut would: no shutdown, no flush. Returns when its backends are gone
   * as well, for a new server refuses to start beside them.
   */
  void kill9(Duration timeout) {
    List<ProcessHandle> backends = process.descendants().toList();
    process.destroyForcibly();
    backends.forEach(ProcessHandle::destroyForcibly);
    awaitGone(Stream.concat(Stream.of(process), backends.stream()).toList(), timeout);
  }

  long pid() {
    return process.pid();
  }

  private static Optional<ProcessHandle> recordedProcess(Path data) {
    Path file = data.resolve(PID_FILE);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      return Files.readAllLines(file).stream()
          .findFirst()
          .map(String::strip)
          .filter(line -> line.matches("[1-9][0-9]{0,9}"))
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
          .filter(ProcessHandle::isAlive);
    } catch (IOException e) {
      throw new LocalPostgresException("cannot read " + file, e);
    }
  }

  private static boolean serves(ProcessHandle process, Path data) {
    boolean isPostgres =
        process
            .info()
            .command()
            .map(command -> Path.of(command).getFileName().toString().equals("postgres"))
            .orElse(false);
    List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
    int option = arguments.indexOf("-D");
    return isPostgres
        && option >= 0
        && option + 1 < arguments.size()
        && arguments.get(option + 1).equals(data.toString());
  }

  /** A killed process that nobody reaped yet still has a pid, but no program any more. */
  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static void awaitGone(List<ProcessHandle> killed, Duration timeout) {
    if (!becomesTrue(() -> killed.stream().noneMatch(Postmaster::isRunning), timeout)) {
      throw new LocalPostgresException(
          "killed server processes were still there after %s: %s".formatted(timeout, killed));
    }
    // A new server would take a dying one's pid for a living server's. Where nobody reaps, the wait
    // is in vain, and the start removes the pid file.
    becomesTrue(() -> killed.stream().noneMatch(ProcessHandle::isAlive), REAP_GRACE);
  }

  private static boolean becomesTrue(BooleanSupplier condition, Duration timeout) {
    long deadlineNanos = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNanos) {
        return false;
      }
      try {
        Thread.sleep(POLL_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LocalPostgresException("interrupted while waiting for killed processes", e);
      }
    }
    return true;
  }
}
