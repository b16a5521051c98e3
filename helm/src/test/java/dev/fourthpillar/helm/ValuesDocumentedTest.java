package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Every value says what it is, the README repeats it, and the schema knows it. The table of a
 * README is written anew with {@code -Dfourthpillar.write=true}.
 */
class ValuesDocumentedTest {
  static final List<String> CHARTS = Charts.ALL;
  static final List<String> SERVICES = Charts.SERVICES;

  private static final Pattern LINE = Pattern.compile("( *)([A-Za-z_]\\w*):(.*)");
  private static final String BEGIN = "<!-- values: written by ValuesDocumentedTest -->\n";
  private static final String END = "<!-- end of values -->\n";

  /** A leaf of values.yaml. */
  private record Value(String path, String standard, String comment) {}

  @ParameterizedTest
  @FieldSource("CHARTS")
  void everyLeafHasAComment(String chart) {
    assertThat(values(chart))
        .isNotEmpty()
        .allSatisfy(value -> assertThat(value.comment()).as(value.path()).isNotBlank());
  }

  /** A list cannot be changed in part by another file of values. */
  @ParameterizedTest
  @FieldSource("CHARTS")
  void everyKeyIsCamelCaseAndNothingIsAList(String chart) {
    Map<String, Object> tree = Charts.yaml(Charts.SOURCES.resolve(chart).resolve("values.yaml"));
    for (Value value : values(chart)) {
      // Labels are called what Grafana calls them.
      if (!value.path().matches(".*\\.labels\\..*")) {
        assertThat(value.path()).matches("[a-z][a-zA-Z0-9]*(\\.[a-z][a-zA-Z0-9]*)*");
      }
      assertThat(Charts.at(tree, value.path())).as(value.path()).isNotInstanceOf(List.class);
    }
  }

  @ParameterizedTest
  @FieldSource("CHARTS")
  void theReadmeListsThem(String chart) throws IOException {
    String table =
        values(chart).stream()
            .map(v -> "| `%s` | %s | %s |\n".formatted(v.path(), v.standard(), v.comment()))
            .collect(
                Collectors.joining("", "| value | default | what |\n| --- | --- | --- |\n", ""));
    Path file = Charts.SOURCES.resolve(chart).resolve("README.md");
    String readme = Files.readString(file);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(begin).isGreaterThanOrEqualTo(BEGIN.length()).isLessThanOrEqualTo(end);
    if (Boolean.getBoolean("fourthpillar.write")) {
      Files.writeString(file, readme.substring(0, begin) + table + readme.substring(end));
      return;
    }
    assertThat(readme.substring(begin, end)).isEqualTo(table);
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void theSchemaKnowsThemAndNoOthers(String chart) {
    Map<String, Object> schema =
        Charts.yaml(Charts.SOURCES.resolve(chart).resolve("values.schema.json"));
    Set<String> inSchema = leaves(schema, "").collect(Collectors.toSet());
    inSchema.remove("common.global"); // Helm's own, for the library chart.
    assertThat(values(chart).stream().map(Value::path))
        .allSatisfy(
            path ->
                assertThat(
                        inSchema.stream()
                            .anyMatch(known -> path.equals(known) || path.startsWith(known + ".")))
                    .as(path)
                    .isTrue());
    assertThat(inSchema)
        .allSatisfy(
            known ->
                assertThat(
                        values(chart).stream()
                            .anyMatch(
                                v -> v.path().equals(known) || v.path().startsWith(known + ".")))
                    .as(known)
                    .isTrue());
  }

  @Test
  void theServicesChartsDifferOnlyInWhatTheyAre() {
    assertThat(shared("usage")).isEqualTo(shared("budget"));
    assertThat(shared("comp")).isEqualTo(shared("budget"));
  }

  /** But for peers, resources, what only one has, and the service's own name. */
  private static Map<String, String> shared(String chart) {
    Map<String, String> shared = new TreeMap<>();
    values(chart).stream()
        .filter(v -> !v.path().matches("(peers\\.(budget|usage|comp)|resources|checkpoint)\\..*"))
        .forEach(v -> shared.put(v.path(), v.standard().replace(chart, "SERVICE") + v.comment()));
    return shared;
  }

  @SuppressWarnings("unchecked")
  private static Stream<String> leaves(Map<String, Object> schema, String prefix) {
    Map<String, Object> properties = (Map<String, Object>) schema.get("properties");
    if (properties == null) {
      return Stream.of(prefix.substring(0, prefix.length() - 1));
    }
    assertThat(schema.get("additionalProperties")).as(prefix).isEqualTo(false);
    return properties.entrySet().stream()
        .flatMap(p -> leaves((Map<String, Object>) p.getValue(), prefix + p.getKey() + "."));
  }

  /** The leaves of values.yaml in their order, each with the comment above it. */
  private static List<Value> values(String chart) {
    Map<String, String> comments = new LinkedHashMap<>();
    List<String> path = new ArrayList<>();
    StringBuilder comment = new StringBuilder();
    Path file = Charts.SOURCES.resolve(chart).resolve("values.yaml");
    for (String line : Charts.read(file).lines().toList()) {
      Matcher key = LINE.matcher(line);
      if (line.strip().startsWith("#")) {
        comment.append(comment.isEmpty() ? "" : " ").append(line.strip().substring(1).strip());
        continue;
      }
      if (key.matches()) {
        int depth = key.group(1).length() / 2;
        while (path.size() > depth) {
          path.removeLast();
        }
        path.add(key.group(2));
        comments.put(String.join(".", path), comment.toString());
      }
      comment.setLength(0);
    }
    List<Value> values = new ArrayList<>();
    Map<String, Object> tree = new Yaml().load(Charts.read(file));
    comments.forEach(
        (key, text) -> {
          Object value = Charts.at(tree, key);
          if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
            values.add(new Value(key, shown(value), text));
          }
        });
    return values;
  }

  private static String shown(Object value) {
    String text = value instanceof String s ? s : new Yaml().dump(value).strip();
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
