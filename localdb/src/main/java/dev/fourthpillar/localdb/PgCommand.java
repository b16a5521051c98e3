package dev.fourthpillar.localdb;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of PostgreSQL's programs to its end, within a bound. */
final class PgCommand {

  private static final Duration KILL_GRACE = Duration.ofSeconds(5);

  private PgCommand() {}

  /**
   * Output goes to {@code outputFile}: a pipe would be held open by the server that pg_ctl leaves
   * behind.
   *
   * @return the exit code
   * @throws LocalPostgresException when the program is still running after {@code timeout}
   */
  static int run(Path outputFile, Duration timeout, String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    // PostgreSQL refuses to run as root; in a user namespace of its own it is not root.
    if (LinuxUtils.isUnshareAvailable()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(Binaries.directory().resolve(program).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(outputFile.toFile());
    // PGPORT, PGDATA and the like belong to other servers of this user.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(KILL_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        throw new LocalPostgresException(
            "%s was still running after %s: %s".formatted(program, timeout, tail(outputFile)));
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new LocalPostgresException("cannot run " + program, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalPostgresException("interrupted while waiting for " + program, e);
    }
  }

  /** The end of a log, for an error message. */
  static String tail(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file).strip() : "";
      return text.substring(Math.max(0, text.length() - MAX_TAIL_CHARACTERS));
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }

  private static final int MAX_TAIL_CHARACTERS = 2_000;
}
