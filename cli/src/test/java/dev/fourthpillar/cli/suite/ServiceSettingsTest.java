package dev.fourthpillar.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.localdb.LocalDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the services of a suite are started. */
final class ServiceSettingsTest {
  private static final LocalDatabase DATABASE =
      new LocalDatabase("jdbc:postgresql://127.0.0.1:5999/usage", "usage", "not-for-everybody");

  @TempDir private Path root;

  @Test
  void noSecretStandsOnACommandLine() throws IOException {
    List<String> command = process().command();

    assertThat(String.join(" ", command)).doesNotContain(DATABASE.password());
    assertThat(process().environment())
        .containsEntry("DATASOURCES_DEFAULT_PASSWORD", DATABASE.password());
  }

  @Test
  void theLoopbackInterfaceIsAllThatIsOpened() throws IOException {
    assertThat(process().environment())
        .containsEntry("GRPC_SERVER_HOST", "127.0.0.1")
        .containsEntry("MICRONAUT_SERVER_HOST", "127.0.0.1")
        .containsEntry("FOURTHPILLAR_AUTH_MODE", "local");
  }

  @Test
  void aServiceHasTheSameNameAfterARestart() throws IOException {
    assertThat(process().environment())
        .containsEntry("FOURTHPILLAR_PEERS_REPLICA_ID", SuiteService.USAGE.id());
  }

  @Test
  void theCommandLineCarriesTheSuitesMark() throws IOException {
    assertThat(process().command()).contains(new SuiteDirectory(root).mark());
  }

  @Test
  void aServiceStartsFromJavasCacheOnceThereIsOne() throws IOException {
    assertThat(process().command()).noneMatch(argument -> argument.contains("AOTCache"));

    Path cache = root.resolve("usage-service/target/usage-service.aot");
    Files.writeString(cache, "");

    assertThat(process().command()).contains("-XX:AOTCache=" + cache);
  }

  @Test
  void aServiceWritesJavasCacheWhereAPreparationAsksForIt() throws IOException {
    Path cache = root.resolve("usage-service/target/usage-service.aot");
    process();
    Files.writeString(cache, "an older one");

    assertThat(settings(StartCache.WRITTEN).process(SuiteService.USAGE, DATABASE).command())
        .contains("-XX:AOTCacheOutput=" + cache)
        .doesNotContain("-XX:AOTCache=" + cache);
  }

  @Test
  void aServiceThatWasNotBuiltIsNamedWithWhatBuildsIt() {
    assertThatThrownBy(() -> settings().process(SuiteService.USAGE, DATABASE))
        .isInstanceOf(SuiteException.class)
        .hasMessageContaining("usage-service.jar")
        .hasMessageContaining("./fp");
  }

  private ProcessBuilder process() throws IOException {
    Path target = Files.createDirectories(root.resolve("usage-service/target"));
    Files.writeString(target.resolve("usage-service.jar"), "");
    return settings().process(SuiteService.USAGE, DATABASE);
  }

  private ServiceSettings settings() {
    return settings(StartCache.USED);
  }

  private ServiceSettings settings(StartCache startCache) {
    return new ServiceSettings(
        new SuiteDirectory(root),
        Ports.usual(),
        new Installation(root),
        startCache,
        SuiteOptions.DEFAULT_DEDUPLICATION_WINDOW);
  }
}
