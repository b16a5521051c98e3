package dev.fourthpillar.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.helm.Charts.Rendering;
import dev.fourthpillar.helm.Manifests.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.yaml.snakeyaml.Yaml;

/** Every alert has a runbook, every runbook an alert, and Prometheus accepts and raises them. */
class RunbooksTest {
  static final List<String> SERVICES = Charts.SERVICES;

  private static final Path RUNBOOKS = Charts.SOURCES.resolve("../docs/runbooks");
  private static final List<String> HEADINGS =
      List.of("## Meaning", "## Impact", "## Diagnosis", "## Mitigation");

  @TempDir private Path folder;

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
    Set<String> alerts =
        SERVICES.stream()
            .flatMap(chart -> Alerts.of(chart).keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      Set<String> pages =
          files
              .map(file -> file.getFileName().toString().replace(".md", ""))
              .filter(name -> !name.equals("README"))
              .collect(Collectors.toSet());
      assertThat(pages).containsExactlyInAnyOrderElementsOf(alerts);
    }
    String index = Charts.read(RUNBOOKS.resolve("README.md"));
    for (String alert : alerts) {
      String page = Charts.read(RUNBOOKS.resolve(alert + ".md"));
      assertThat(page.lines().filter(line -> line.startsWith("## ")))
          .as(alert)
          .containsExactlyElementsOf(HEADINGS);
      assertThat(index).contains("[" + alert + "](" + alert + ".md)");
    }
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void everyAlertSaysWhereItsRunbookIsAndWhoseItIs(String chart) {
    assertThat(Alerts.of(chart)).hasSizeGreaterThanOrEqualTo(11);
    Alerts.of(chart)
        .forEach(
            (name, rule) -> {
              assertThat(Charts.at(rule, "annotations.runbook_url"))
                  .isEqualTo("https://runbooks.example.com/" + name + ".md");
              assertThat(Charts.at(rule, "annotations.summary")).asString().endsWith(".");
              assertThat(Charts.at(rule, "labels.severity")).isIn("page", "ticket");
              assertThat((String) rule.get("expr"))
                  .contains("service_name=\"" + chart + "-service\"");
            });
  }

  /** As much of what Prometheus refuses as can be seen without it. */
  @ParameterizedTest
  @FieldSource("SERVICES")
  void everyRuleIsOneOfItsOwnAndWellFormed(String chart) {
    List<Manifest> objects = Rendering.of(chart, "full").manifests().of("PrometheusRule").toList();
    assertThat(objects).hasSameSizeAs(Alerts.of(chart).keySet());
    for (Manifest object : objects) {
      Map<String, Object> group = object.list("spec.groups").getFirst();
      Map<?, ?> rule = (Map<?, ?>) ((List<?>) group.get("rules")).getFirst();
      assertThat(object.list("spec.groups")).hasSize(1);
      assertThat((List<?>) group.get("rules")).as("one alert for each").hasSize(1);
      assertThat(rule.keySet().stream().map(Object::toString))
          .as(object.toString())
          .isSubsetOf("alert", "expr", "for", "keep_firing_for", "labels", "annotations");
      if (rule.get("for") instanceof String wait) {
        assertThat(wait).matches("\\d+[smhd]");
      }
      assertThat(unclosed((String) rule.get("expr"))).as("expr of %s", object).isEmpty();
      ((Map<?, ?>) rule.get("annotations"))
          .values()
          .forEach(text -> assertThat(unclosed((String) text)).as(object.toString()).isEmpty());
    }
  }

  /** Brackets that are not closed, and those that close nothing; texts are passed over. */
  private static String unclosed(String text) {
    StringBuilder open = new StringBuilder();
    for (char c : text.replaceAll("\"[^\"]*\"", "").toCharArray()) {
      int kind = ")]}".indexOf(c);
      if ("([{".indexOf(c) >= 0) {
        open.append(c);
      } else if (kind >= 0
          && !open.isEmpty()
          && open.charAt(open.length() - 1) == "([{".charAt(kind)) {
        open.setLength(open.length() - 1);
      } else if (kind >= 0) {
        return open.append(c).toString();
      }
    }
    return open.toString();
  }

  /** Holds without promtool as well: the next test says whether they are right. */
  @Test
  @SuppressWarnings("unchecked")
  void everyAlertIsRaisedInAUnitTest() {
    Map<String, Object> file = Charts.yaml(Path.of("src/test/prometheus/alerts.yaml"));
    Set<String> raised =
        ((List<Map<String, Object>>) file.get("tests"))
            .stream()
                .flatMap(test -> ((List<Map<String, Object>>) test.get("alert_rule_test")).stream())
                .filter(check -> !((List<?>) check.get("exp_alerts")).isEmpty())
                .map(check -> (String) check.get("alertname"))
                .collect(Collectors.toSet());
    Set<String> alerts =
        SERVICES.stream()
            .flatMap(chart -> Alerts.of(chart).keySet().stream())
            .collect(Collectors.toSet());
    assertThat(raised).containsExactlyInAnyOrderElementsOf(alerts);
  }

  @Test
  void prometheusAcceptsTheRulesAndRaisesThem() throws Exception {
    Optional<Path> promtool =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .map(directory -> Path.of(directory, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    NotRun.unless(
        promtool.isPresent(),
        "Prometheus' own look at the rules; no promtool on the PATH (Debian: prometheus)");
    for (String chart : SERVICES) {
      Map<String, Object> group =
          Map.of("name", chart, "rules", new ArrayList<>(Alerts.of(chart).values()));
      Files.writeString(
          folder.resolve(chart + ".yaml"), new Yaml().dump(Map.of("groups", List.of(group))));
      assertSucceeds(promtool.get(), "check", "rules", folder.resolve(chart + ".yaml").toString());
    }
    Files.copy(Path.of("src/test/prometheus/alerts.yaml"), folder.resolve("alerts.yaml"));
    assertSucceeds(promtool.get(), "test", "rules", folder.resolve("alerts.yaml").toString());
  }

  private static void assertSucceeds(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
