package dev.fourthpillar.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * The charts beside this module, copied and with their dependencies, as Helm itself renders them.
 *
 * <p>Helm leaves hooks out of what it prints, so the copies' hooks are none: everything that the
 * charts can make is looked at alike.
 */
final class Charts {
  static final List<String> SERVICES = List.of("budget", "usage", "comp");
  static final String UMBRELLA = "fourth-pillar";
  static final List<String> ALL = List.of("budget", "usage", "comp", UMBRELLA);

  /** The oldest that the charts name, one between, the newest. */
  static final List<String> KUBERNETES = List.of("1.29.0", "1.32.0", "1.34.0");

  static final String NAMESPACE = "suite";
  static final String RELEASE = "fp";

  /** Where the charts' sources are. */
  static final Path SOURCES = Path.of("").toAbsolutePath();

  private static final Path COPIES = prepare();
  private static final Map<Rendering, Manifests> MADE = new ConcurrentHashMap<>();

  private Charts() {}

  /** A rendering to be completed. */
  record Rendering(String chart, String values, String kubernetes, Map<String, Object> set) {
    static Rendering of(String chart, String values) {
      return new Rendering(chart, values, KUBERNETES.getLast(), Map.of());
    }

    Rendering on(String version) {
      return new Rendering(chart, values, version, set);
    }

    Rendering with(Map<String, Object> differences) {
      return new Rendering(chart, values, kubernetes, differences);
    }

    /** Rendered once: many tests look at the same. */
    Manifests manifests() {
      return MADE.computeIfAbsent(this, rendering -> Manifests.parse(rendering.text()));
    }

    String text() {
      TemplateCommand template =
          new Helm(copy(chart))
              .template()
              .withName(RELEASE)
              .withNamespace(NAMESPACE)
              .withKubeVersion(kubernetes)
              .withValuesFile(valuesFile(chart, values));
      set.forEach(template::set);
      return template.call();
    }

    @Override
    public String toString() {
      return "%s with %s on %s %s".formatted(chart, values, kubernetes, set);
    }
  }

  /** Every chart with every file of its {@code ci} folder. */
  static Stream<Rendering> everyValues() {
    return ALL.stream().flatMap(chart -> valuesOf(chart).map(name -> Rendering.of(chart, name)));
  }

  private static Stream<String> valuesOf(String chart) {
    try (Stream<Path> files = Files.list(SOURCES.resolve(chart).resolve("ci"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("-values.yaml"))
          .map(name -> name.replace("-values.yaml", ""))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path copy(String chart) {
    return COPIES.resolve(chart);
  }

  static Path valuesFile(String chart, String values) {
    return SOURCES.resolve(chart).resolve("ci").resolve(values + "-values.yaml");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> yaml(Path file) {
    return new Yaml().load(read(file));
  }

  private static Path prepare() {
    Path copies = SOURCES.resolve("target/charts");
    try {
      for (String chart : List.of("common", "budget", "usage", "comp", UMBRELLA)) {
        copyTree(SOURCES.resolve(chart), copies.resolve(chart));
      }
      ALL.forEach(chart -> new Helm(copies.resolve(chart)).dependency().update().call());
      return copies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(from)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, Files.readString(file).replace("helm.sh/hook", "example.com/hook"));
    }
  }

  /** The value at a dotted path; null where there is none. */
  static @Nullable Object at(@Nullable Object tree, String path) {
    Object value = tree;
    for (String key : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }
}
