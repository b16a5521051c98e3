package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.helm.Charts.Rendering;
import dev.fourthpillar.helm.Manifests.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the charts set is what docs/architecture describes. */
class ConfigurationTest {
  private static final Pattern KEY = Pattern.compile("`([a-z]+(?:\\.[a-z<>-]+)+)`");

  static Stream<Rendering> everyValues() {
    return Charts.everyValues();
  }

  @ParameterizedTest
  @MethodSource("everyValues")
  void everyKeyThatAChartSetsIsDocumented(Rendering rendering) throws IOException {
    Set<String> documented = documented();
    for (Manifest config : rendering.manifests().of("ConfigMap").toList()) {
      for (String file : List.of("application.yml", "live.yml")) {
        if (config.map("data").get(file) instanceof String yaml) {
          assertThat(keys(new Yaml().load(yaml), "").collect(Collectors.toSet()))
              .map(key -> key.replaceAll("^logger\\.levels\\..*", "logger.levels.<logger>"))
              .map(key -> key.replaceAll("(discovery\\.services)\\.[a-z-]+", "$1.<name>"))
              .isSubsetOf(documented);
        }
      }
    }
  }

  private static Set<String> documented() throws IOException {
    try (Stream<Path> pages = Files.list(Charts.SOURCES.resolve("../docs/architecture"))) {
      return pages
          .map(Charts::read)
          .flatMap(page -> KEY.matcher(page).results().map(found -> found.group(1)))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<String> keys(Object tree, String prefix) {
    if (tree instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .flatMap(entry -> keys(entry.getValue(), prefix + entry.getKey() + "."));
    }
    return Stream.of(prefix.substring(0, prefix.length() - 1));
  }
}
