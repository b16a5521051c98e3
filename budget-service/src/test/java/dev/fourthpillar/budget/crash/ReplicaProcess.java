package dev.fourthpillar.budget.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.BudgetService;
import dev.fourthpillar.localdb.LocalDatabase;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A replica of the service as a process of its own, always on the same port. */
final class ReplicaProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final LocalDatabase database;
  private final Path keyFile;
  private final Path log;
  private final List<String> more;
  private final int port = freePort();
  private final ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  private Process process;

  private ReplicaProcess(LocalDatabase database, Path keyFile, Path log, List<String> more) {
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
  static ReplicaProcess start(LocalDatabase database, Path keyFile, Path log, String... more) {
    return new ReplicaProcess(database, keyFile, log, List.of(more));
  }

  int port() {
    return port;
  }

  ManagedChannel channel() {
    return channel;
  }

  /** SIGKILL, and a new process in its place. */
  void killAndRestart() throws InterruptedException {
    kill();
    process = launch();
    awaitReady();
  }

  /** SIGTERM, as Kubernetes ends a pod; returns when it has gone, by itself and in time. */
  void leave() throws InterruptedException {
    process.toHandle().destroy();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(log).content().contains("drained").doesNotContain("cutting");
  }

  void awaitReady() {
    Awaitility.await("a replica, see " + log)
        .atMost(PATIENCE)
        .failFast("ended early, see " + log, () -> !process.isAlive())
        .ignoreExceptions()
        .until(
            () -> {
              channel.resetConnectBackoff();
              return HealthGrpc.newBlockingStub(channel)
                      .withDeadlineAfter(1, TimeUnit.SECONDS)
                      .check(HealthCheckRequest.getDefaultInstance())
                      .getStatus()
                  == ServingStatus.SERVING;
            });
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
                BudgetService.class.getName(),
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

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
