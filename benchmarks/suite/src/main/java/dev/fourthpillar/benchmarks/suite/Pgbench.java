package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own load program, if it is on the path; the embedded server does not bring it. */
final class Pgbench {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  private final LocalDatabase database;

  private Pgbench(LocalDatabase database) {
    this.database = database;
  }

  /** Empty where there is no such program. */
  static Optional<Pgbench> on(LocalDatabase database) {
    try {
      Process version = new ProcessBuilder("pgbench", "--version").start();
      version.getInputStream().readAllBytes();
      return version.waitFor() == 0 ? Optional.of(new Pgbench(database)) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Runs it and returns its output. */
  String run(String... arguments) {
    URI address = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    List<String> command = new ArrayList<>(List.of("pgbench"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-h",
            address.getHost(),
            "-p",
            Integer.toString(address.getPort()),
            "-U",
            database.username(),
            address.getPath().substring(1)));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("PGPASSWORD", database.password());
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("pgbench failed:\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException("pgbench failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Makes its tables. */
  void prepare() {
    run("-i", "-q", "-s", "50");
  }

  /** Transactions per second of its own kind, as 16 clients make them. */
  double transactionsPerSecond(Duration length) {
    return transactionsPerSecond(
        "-c", "16", "-j", "2", "-M", "prepared", "-n", "-T", Long.toString(length.toSeconds()));
  }

  /** Transactions per second of a run. */
  double transactionsPerSecond(String... arguments) {
    Matcher rate = RATE.matcher(run(arguments));
    if (!rate.find()) {
      throw new IllegalStateException("pgbench told no rate");
    }
    return Double.parseDouble(rate.group(1));
  }
}
