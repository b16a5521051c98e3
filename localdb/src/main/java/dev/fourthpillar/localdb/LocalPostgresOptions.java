package dev.fourthpillar.localdb;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a {@link LocalPostgres} is started with; checked on construction.
 *
 * @param storage where the data lives
 * @param port TCP port on 127.0.0.1, or {@link #ANY_FREE_PORT}
 * @param settings server settings on top of {@link #DEFAULT_SETTINGS}; the durability settings and
 *     the listen address are not negotiable and are refused here
 * @param startTimeout bound on start-up, crash recovery included
 * @param stopTimeout bound on a fast shutdown, after which the server is stopped the hard way
 */
public record LocalPostgresOptions(
    Storage storage,
    int port,
    Map<String, String> settings,
    Duration startTimeout,
    Duration stopTimeout) {

  public static final int ANY_FREE_PORT = 0;

  public static final int DEFAULT_MAX_CONNECTIONS = 100;

  /**
   * Zero: the suite uses no two-phase commit, and a forgotten prepared transaction blocks vacuum.
   */
  public static final int DEFAULT_MAX_PREPARED_TRANSACTIONS = 0;

  public static final int DEFAULT_SHARED_BUFFERS_MEBIBYTES = 128;

  /** Start-up usually takes well under a second; recovery after a crash may replay a lot of log. */
  public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(60);

  public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(20);

  /** No wait may be longer: a local server that needs more is broken. */
  public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

  public static final Map<String, String> DEFAULT_SETTINGS =
      Map.of(
          "max_connections", Integer.toString(DEFAULT_MAX_CONNECTIONS),
          "max_prepared_transactions", Integer.toString(DEFAULT_MAX_PREPARED_TRANSACTIONS),
          "shared_buffers", DEFAULT_SHARED_BUFFERS_MEBIBYTES + "MB");

  public LocalPostgresOptions {
    Objects.requireNonNull(storage, "storage");
    if (port < ANY_FREE_PORT || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "port: %d (expected: 0 for any free one, or 1 to %d)".formatted(port, MAX_PORT));
    }
    Map<String, String> merged = new TreeMap<>(DEFAULT_SETTINGS);
    merged.putAll(settings);
    merged.forEach(ServerSettings::check);
    settings = Map.copyOf(merged);
    checkTimeout("startTimeout", startTimeout);
    checkTimeout("stopTimeout", stopTimeout);
  }

  private static final int MAX_PORT = 65_535;

  /** Data in {@code directory}, kept between runs. */
  public static LocalPostgresOptions keptIn(Path directory) {
    return with(new Storage.Kept(directory));
  }

  /** Data in a temporary directory, gone on close. */
  public static LocalPostgresOptions temporary() {
    return with(new Storage.Temporary());
  }

  private static LocalPostgresOptions with(Storage storage) {
    return new LocalPostgresOptions(
        storage, ANY_FREE_PORT, Map.of(), DEFAULT_START_TIMEOUT, DEFAULT_STOP_TIMEOUT);
  }

  public LocalPostgresOptions withPort(int newPort) {
    return new LocalPostgresOptions(storage, newPort, settings, startTimeout, stopTimeout);
  }

  public LocalPostgresOptions withSetting(String name, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(name, value);
    return new LocalPostgresOptions(storage, port, more, startTimeout, stopTimeout);
  }

  public LocalPostgresOptions withStartTimeout(Duration timeout) {
    return new LocalPostgresOptions(storage, port, settings, timeout, stopTimeout);
  }

  public LocalPostgresOptions withStopTimeout(Duration timeout) {
    return new LocalPostgresOptions(storage, port, settings, startTimeout, timeout);
  }

  private static void checkTimeout(String name, Duration timeout) {
    // pg_ctl counts in whole seconds.
    if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "%s: %s (expected: PT1S to %s)".formatted(name, timeout, MAX_TIMEOUT));
    }
  }
}
