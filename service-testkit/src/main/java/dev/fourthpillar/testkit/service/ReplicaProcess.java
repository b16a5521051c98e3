package dev.fourthpillar.testkit.service;

import dev.fourthpillar.localdb.LocalDatabase;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A replica of the service whose main class is given, as a process of its own, always on the same
 * ports.
 */
public final class ReplicaProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Between two looks whether it serves. */
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Class<?> main;
  private final LocalDatabase database;
  private final Path keyFile;
  private final Path log;
  private final List<String> more;
  private final int port = freePort();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  private Process process;

  private ReplicaProcess(
      Class<?> main, LocalDatabase database, Path keyFile, Path log, List<String> more) {
    this.main = main;
    this.database = database;
    this.keyFile = keyFile;
    this.log = log;
    this.more = more;
    this.process = launch();
  }

  /**
   * Starts it; {@link #awaitReady} says when it serves.
   *
   * @param more of its settings, as {@code --key=value}
   */
  public static ReplicaProcess start(
      Class<?> main, LocalDatabase database, Path keyFile, Path log, String... more) {
    return new ReplicaProcess(main, database, keyFile, log, List.of(more));
  }

  public int port() {
    return port;
  }

  public ManagedChannel channel() {
    return channel;
  }

  /** SIGKILL, and a new process in its place. */
  public void killAndRestart() throws InterruptedException {
    kill();
    process = launch();
    awaitReady();
  }

  /** SIGTERM, as Kubernetes ends a pod; returns when it has gone, by itself and in time. */
  public void leave() throws InterruptedException, IOException {
    process.toHandle().destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("a replica did not go, see " + log);
    }
    String written = Files.readString(log);
    if (!written.contains("drained") || written.contains("cutting")) {
      throw new AssertionError("a replica did not drain in time: " + written);
    }
  }

  public void awaitReady() {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!serves()) {
      if (!process.isAlive()) {
        throw new AssertionError("a replica ended early, see " + log);
      }
      if (System.nanoTime() > until) {
        throw new AssertionError("a replica does not serve, see " + log);
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private boolean serves() {
    channel.resetConnectBackoff();
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(1, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException _) {
      return false;
    }
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  private Process launch() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName(),
                "--datasources.default.url=" + database.jdbcUrl(),
                "--datasources.default.username=" + database.username(),
                "--datasources.default.password=" + database.password(),
                "--fourthpillar.auth.mode=local",
                "--fourthpillar.auth.local-key-file=" + keyFile,
                "--grpc.server.host=127.0.0.1",
                "--grpc.server.port=" + port,
                "--micronaut.server.host=127.0.0.1",
                "--micronaut.server.port=-1"));
    command.addAll(more);
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    kill();
  }

  /** A port that nobody listens on now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
