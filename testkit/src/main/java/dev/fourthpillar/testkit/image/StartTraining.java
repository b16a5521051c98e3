package dev.fourthpillar.testkit.image;

import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Starts a service once from its image, less its base, and keeps its classes as the virtual machine
 * then has them (Java's ahead-of-time cache). Only a virtual machine of the very same build takes
 * the cache; any other starts as though there were none. Part of the build with {@code -Paot}.
 *
 * <p>The service runs on the Java of the base, this program and PostgreSQL do not: the base needs
 * to hold what the service needs and nothing else.
 */
public final class StartTraining {
  /** The virtual machine writes the cache after the service has ended. */
  private static final Duration WRITTEN_WITHIN = Duration.ofMinutes(3);

  private StartTraining() {}

  /** {@code IMAGE FOLDER CACHE JAVA}: the image's tar, where it is unpacked, what is made, how. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path java = Path.of(args.length < 4 ? "" : args[3]);
    if (!java.isAbsolute() || !Files.isExecutable(java)) {
      throw new IOException(
          "image.java: '%s' (expected: -Dimage.java=/path/of/the/base/jre/bin/java)"
              .formatted(java));
    }
    Path folder = Path.of(args[1]);
    if (Files.exists(folder)) {
      throw new IOException(folder + " is there (expected: nothing; run clean first)");
    }
    UnpackedImage image = UnpackedImage.of(Path.of(args[0]), folder);
    Path cache = Path.of(args[2]).toAbsolutePath();
    train(image, java, folder, cache);
    System.out.printf("%s: %d MiB%n", cache, Files.size(cache) >> 20);
  }

  /** Writes the cache that fits the image on this Java. */
  public static void train(UnpackedImage image, Path java, Path folder, Path cache)
      throws IOException, InterruptedException {
    Files.createDirectories(cache.getParent());
    List<String> options =
        List.of(
            // What Java chooses in a pod with less than two processors or 2 GiB.
            "-XX:+UseSerialGC",
            "-XX:AOTCacheOutput=" + cache,
            // Java warns of each class that cannot be kept; there are always some.
            "-Xlog:aot*=error,cds*=error");
    try (LocalPostgres postgres = LocalPostgres.start(LocalPostgresOptions.temporary());
        ImageService service =
            ImageService.start(
                new ImageService.Settings(
                    image,
                    java,
                    options,
                    postgres.createDatabase("training", "training", "training"),
                    Map.of(),
                    folder))) {
      service.awaitReady();
      service.stop(WRITTEN_WITHIN);
    }
    if (!Files.isRegularFile(cache)) {
      throw new IOException(cache + " was not written; see " + folder.resolve("log"));
    }
  }
}
