package dev.fourthpillar.testkit.image;

import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts a service once from its image, less its base, and keeps its classes as the virtual machine
 * then has them (Java's ahead-of-time cache). Only a virtual machine of the very same build takes
 * the cache; any other starts as though there were none. Part of the build with {@code -Paot}.
 */
public final class StartTraining {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);

  /** The virtual machine writes the cache after the service has ended. */
  private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(3);

  private StartTraining() {}

  /** {@code IMAGE FOLDER CACHE}: the image's tar, where it is unpacked, the file that is made. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[1]);
    if (Files.exists(folder)) {
      throw new IOException(folder + " is there (expected: nothing; run clean first)");
    }
    UnpackedImage image = UnpackedImage.of(Path.of(args[0]), folder);
    Path cache = Path.of(args[2]).toAbsolutePath();
    Files.createDirectories(cache.getParent());
    try (LocalPostgres postgres = LocalPostgres.start(LocalPostgresOptions.temporary())) {
      LocalDatabase database = postgres.createDatabase("training", "training", "training");
      train(image, cache, database, folder);
    }
    if (!Files.isRegularFile(cache)) {
      throw new IOException(cache + " was not written; see " + folder.resolve("log"));
    }
    System.out.printf("%s: %d MiB%n", cache, Files.size(cache) >> 20);
  }

  private static void train(UnpackedImage image, Path cache, LocalDatabase database, Path folder)
      throws IOException, InterruptedException {
    int management = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    // What Java chooses in a pod with less than two processors or 2 GiB.
                    "-XX:+UseSerialGC",
                    "-XX:AOTCacheOutput=" + cache,
                    // Java warns of each class that cannot be kept; there are always some.
                    "-Xlog:aot*=error,cds*=error",
                    "-cp",
                    image.classPath(),
                    image.mainClass(),
                    "serve"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("DATASOURCES_DEFAULT_URL", database.jdbcUrl()),
                Map.entry("DATASOURCES_DEFAULT_USERNAME", database.username()),
                Map.entry("DATASOURCES_DEFAULT_PASSWORD", database.password()),
                Map.entry("FOURTHPILLAR_AUTH_MODE", "local"),
                Map.entry(
                    "FOURTHPILLAR_AUTH_LOCAL_KEY_FILE", folder.resolve("issuer.jwks").toString()),
                Map.entry("FOURTHPILLAR_DRAIN_BALANCER_WAIT", "0s"),
                Map.entry("FOURTHPILLAR_OTLP_GRPC_PORT", "0"),
                Map.entry("FOURTHPILLAR_OTLP_HTTP_PORT", "0"),
                Map.entry("GRPC_SERVER_HOST", "127.0.0.1"),
                Map.entry("GRPC_SERVER_PORT", "0"),
                Map.entry("MICRONAUT_SERVER_HOST", "127.0.0.1"),
                Map.entry("MICRONAUT_SERVER_PORT", Integer.toString(management))));
    Process service = builder.start();
    try {
      awaitReady(service, management, folder);
      // Not Process.destroy(), which would close its output.
      service.toHandle().destroy();
      if (!service.waitFor(WRITTEN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("it did not end within " + WRITTEN_WITHIN);
      }
    } finally {
      service.destroyForcibly();
    }
  }

  private static void awaitReady(Process service, int management, Path folder)
      throws IOException, InterruptedException {
    HttpRequest readiness =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/health/readiness"))
            .build();
    long end = System.nanoTime() + READY_WITHIN.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isOk(http, readiness)) {
        if (!service.isAlive() || System.nanoTime() > end) {
          throw new IOException("it was not ready; see " + folder.resolve("log"));
        }
        Thread.sleep(100);
      }
    }
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
