package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import dev.fourthpillar.localdb.Trees;
import dev.fourthpillar.testkit.image.ImageService;
import dev.fourthpillar.testkit.image.StartTraining;
import dev.fourthpillar.testkit.image.UnpackedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From the start of a service's process to its readiness, out of the image that the build has made
 * (less its base) and with what the chart tells Java: with the cache that {@code -Paot} puts into
 * an image beside the same without, in turn. Its tables are there, as after the init container.
 *
 * <p>Needs {@code ./mvnw -DskipTests package} before. {@code -Dstart.rounds=2} is a short trial,
 * {@code -Dstart.java=/path/bin/java} the JRE of a base.
 */
final class ImageStartBenchmark {
  private static final int ROUNDS = Integer.getInteger("start.rounds", 7);
  private static final Path HOME = Path.of(System.getProperty("fourthpillar.home", "."));
  private static final Path JAVA =
      Path.of(System.getProperty("start.java", System.getProperty("java.home") + "/bin/java"));

  private final UnpackedImage image;
  private final LocalDatabase database;
  private final Path folder;
  private final String options;

  private ImageStartBenchmark(
      UnpackedImage image, LocalDatabase database, Path folder, String options) {
    this.image = image;
    this.database = database;
    this.folder = folder;
    this.options = options;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.printf("process to ready, seconds, medians of %d rounds%n", ROUNDS);
    Path all = Files.createTempDirectory("fp-image-start");
    try (LocalPostgres postgres = LocalPostgres.start(LocalPostgresOptions.temporary())) {
      for (SuiteService service : SuiteService.values()) {
        Path tar = HOME.resolve(service.id()).resolve("target/image-without-base.tar");
        if (!Files.isRegularFile(tar)) {
          throw new IOException(tar + " is not there (expected: ./mvnw -DskipTests package first)");
        }
        Path folder = all.resolve(service.id());
        new ImageStartBenchmark(
                UnpackedImage.of(tar, folder),
                postgres.createDatabase(service.shortName(), service.shortName(), "image-start"),
                folder,
                options(ChartValues.of(service)))
            .run(service);
      }
    } finally {
      Trees.delete(all);
    }
  }

  /**
   * As JAVA_TOOL_OPTIONS. There is no container here: MaxRAM stands for its limit, and the
   * collector is the one that Java chooses in it.
   */
  private static String options(ChartValues chart) {
    return "%s -XX:MaxRAM=%dm -XX:+UseSerialGC"
        .formatted(chart.jvmOptions(), chart.memoryMebibytes());
  }

  private void run(SuiteService service) throws IOException, InterruptedException {
    Path cache = folder.resolve("start.aot");
    StartTraining.train(image, JAVA, folder, cache);
    // Makes the tables, which a pod's init container does.
    start(List.of(), Map.of());
    Map<String, String> served = Map.of("FLYWAY_DATASOURCES_DEFAULT_ENABLED", "false");
    Rounds without = new Rounds(ROUNDS);
    Rounds with = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      without.add(start(List.of(), served));
      with.add(start(List.of("-XX:AOTCache=" + cache), served));
    }
    System.out.printf(
        "  %-16s without the cache %s   with it %s (target: 2.5)   %s; cache of %d MiB%n",
        service.id(), without.show("%.2f"), with.show("%.2f"), options, Files.size(cache) >> 20);
  }

  private double start(List<String> more, Map<String, String> environment)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_TOOL_OPTIONS", options);
    try (ImageService service =
        ImageService.start(new ImageService.Settings(image, JAVA, more, database, all, folder))) {
      Duration ready = service.awaitReady();
      return ready.toNanos() / 1e9;
    }
  }
}
