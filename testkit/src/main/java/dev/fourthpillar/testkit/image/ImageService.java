package dev.fourthpillar.testkit.image;

import dev.fourthpillar.localdb.LocalDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service that runs from its unpacked image, on this machine only. */
public final class ImageService implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(10);

  private final Process process;
  private final long begin;
  private final int management;
  private final Path log;

  private ImageService(Process process, long begin, int management, Path log) {
    this.process = process;
    this.begin = begin;
    this.management = management;
    this.log = log;
  }

  /**
   * What it is run with.
   *
   * @param java the program of the image's base
   * @param options of the virtual machine, beside those of the image itself
   * @param folder where the key of its tokens and its log are written
   */
  public record Settings(
      UnpackedImage image,
      Path java,
      List<String> options,
      LocalDatabase database,
      Map<String, String> environment,
      Path folder) {}

  public static ImageService start(Settings settings) throws IOException {
    int management = freePort();
    Path log = settings.folder().resolve("log");
    List<String> command = new ArrayList<>();
    command.add(settings.java().toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(settings.options());
    command.addAll(
        List.of("-cp", settings.image().classPath(), settings.image().mainClass(), "serve"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    LocalDatabase database = settings.database();
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("DATASOURCES_DEFAULT_URL", database.jdbcUrl()),
                Map.entry("DATASOURCES_DEFAULT_USERNAME", database.username()),
                Map.entry("DATASOURCES_DEFAULT_PASSWORD", database.password()),
                Map.entry("FOURTHPILLAR_AUTH_MODE", "local"),
                Map.entry(
                    "FOURTHPILLAR_AUTH_LOCAL_KEY_FILE",
                    settings.folder().resolve("issuer.jwks").toString()),
                Map.entry("FOURTHPILLAR_DRAIN_BALANCER_WAIT", "0s"),
                Map.entry("FOURTHPILLAR_OTLP_GRPC_PORT", "0"),
                Map.entry("FOURTHPILLAR_OTLP_HTTP_PORT", "0"),
                Map.entry("GRPC_SERVER_HOST", "127.0.0.1"),
                Map.entry("GRPC_SERVER_PORT", "0"),
                Map.entry("MICRONAUT_SERVER_HOST", "127.0.0.1"),
                Map.entry("MICRONAUT_SERVER_PORT", Integer.toString(management))));
    builder.environment().putAll(settings.environment());
    long begin = System.nanoTime();
    return new ImageService(builder.start(), begin, management, log);
  }

  /** Waits until it says that it is ready; how long that took since its process was started. */
  public Duration awaitReady() throws IOException, InterruptedException {
    HttpRequest readiness =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/readiness"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isOk(http, readiness)) {
        if (!process.isAlive() || System.nanoTime() > begin + READY_WITHIN.toNanos()) {
          throw new IOException("it was not ready; see " + log);
        }
        Thread.sleep(POLL);
      }
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** As Kubernetes does it. */
  public void stop(Duration within) throws IOException, InterruptedException {
    // Not Process.destroy(), which would close its output.
    process.toHandle().destroy();
    if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("it did not end within " + within + "; see " + log);
    }
  }

  /** At once. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private static boolean isOk(HttpClient http, HttpRequest readiness) throws InterruptedException {
    try {
      return http.send(readiness, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
