package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import dev.fourthpillar.helm.Charts.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Values that are wrong are refused before anything is installed, and say what is wrong. */
class ValuesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"budget", "usage", "comp", "fourth-pillar"})
  void theStrictestLintHasNothingToSay(String chart) throws IOException {
    // Lint reads values.yaml only, in which what everybody must set is not set.
    Path copy = folder.resolve(chart);
    copyTree(Charts.copy(chart), copy);
    Map<String, Object> values = Charts.yaml(copy.resolve("values.yaml"));
    merge(values, Charts.yaml(Charts.valuesFile(chart, "minimal")));
    Files.writeString(copy.resolve("values.yaml"), new Yaml().dump(values));
    var result = new Helm(copy).lint().strict().call();
    assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replica                     | 3                | additional properties 'replica' not allowed
          image.tags                  | x                | additional properties 'tags' not allowed
          database.password           | secret           | additional properties 'password' not allowed
          replicas                    | two              | want integer
          replicas                    | -1               | minimum: got -1, want 0
          enabled                     | maybe            | want boolean
          image.pullPolicy            | Sometimes        | value must be one of 'Always', 'IfNotPresent', 'Never'
          image.digest                | sha256:1         | does not match pattern
          migrations.mode             | hook             | value must be one of 'initContainer', 'job', 'external'
          spread.zone                 | Always           | value must be one of 'ScheduleAnyway', 'DoNotSchedule'
          auth.jwksUrl                | http://id/jwks   | does not match pattern '^$|^https://'
          auth.audience               | ''               | minLength: got 0, want 1
          database.port               | 70000            | maximum: got 70,000, want 65,535
          database.existingSecret     | Not_A_Name       | does not match pattern
          resources.limits.cpu        | 1                | additional properties 'cpu' not allowed
          resources.requests.memory   | much             | does not match pattern
          connections.keepaliveSeconds| 1                | minimum: got 1, want 10
          shutdown.preStopSeconds     | 0                | minimum: got 0, want 1
          logging.levels.root         | LOUD             | value must be one of
          extraEnv.A.value            | x                | oneOf
          fullnameOverride            | aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeef | maxLength: got 51, want 48
          tracing.otlpEndpoint        | collector:4317   | does not match pattern
          """)
  void aValueThatTheSchemaDoesNotKnow(String key, String value, String message) {
    for (String chart : Charts.SERVICES) {
      Rendering rendering = Rendering.of(chart, "minimal").with(Map.of(key, typed(value)));
      assertThatThrownBy(rendering::text).hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auth.issuer=                            | auth.issuer: not set (expected:
          auth.jwksUrl=                           | auth.jwksUrl: not set (expected:
          database.host=                          | database.host: not set (expected:
          database.existingSecret=                | database.existingSecret: not set (expected:
          migrations.existingSecret=              | migrations.existingSecret: not set (expected: with migrations.mode initContainer
          migrations.existingSecret=@-database    | migrations.existingSecret: the same user as database.existingSecret
          shutdown.terminationGracePeriodSeconds=30 | shutdown.terminationGracePeriodSeconds: 30 (expected: more than 30, the sum of preStop, drain and 3 s
          autoscaling.enabled=true;autoscaling.minReplicas=9 | autoscaling.minReplicas: 9 (expected: at most maxReplicas, 6)
          autoscaling.enabled=true;autoscaling.cpuUtilization=0 | autoscaling: no metric (expected:
          podDisruptionBudget.minAvailable=2      | podDisruptionBudget.minAvailable: 2 (expected: less than the 2 replicas
          metrics.annotations=true;metrics.serviceMonitor.enabled=true | metrics.annotations: true beside metrics.serviceMonitor.enabled
          metrics.alerts.enabled=true;metrics.alerts.runbooks=https://r.example.com | metrics.alerts.enabled: true without metrics.serviceMonitor.enabled
          metrics.alerts.enabled=true;metrics.serviceMonitor.enabled=true | metrics.alerts.runbooks: not set (expected:
          tls.mode=secret                         | tls.existingSecret: not set (expected: with tls.mode secret
          tls.mode=certManager                    | tls.certManager.issuer: not set (expected: with tls.mode certManager
          tls.clientCertificates=true             | tls.clientCertificates: true with tls.mode disabled
          serviceAccount.create=false             | serviceAccount.name: not set (expected:
          kubernetes.live.a=b                     | kubernetes.live: set with kubernetes.enabled false (expected: true
          """)
  void valuesThatContradictEachOther(String settings, String message) {
    for (String chart : Charts.SERVICES) {
      Map<String, Object> set = new HashMap<>();
      for (String setting : settings.split(";", -1)) {
        String[] parts = setting.split("=", -1);
        set.put(parts[0], typed(parts[1].replace("@", chart)));
      }
      assertThatThrownBy(Rendering.of(chart, "minimal").with(set)::text)
          .hasMessageContaining(message);
    }
  }

  @Test
  void aPeerNeedsATokenAndHasToBeThere() {
    assertThatThrownBy(
            Rendering.of("budget", "minimal").with(Map.of("peers.usage.target", "dns:///u:1"))
                ::text)
        .hasMessageContaining("peers.tokenSecret.name: not set (expected: a Secret with a token");
    assertThatThrownBy(
            Rendering.of(Charts.UMBRELLA, "minimal").with(Map.of("comp.enabled", false))::text)
        .hasMessageContaining("budget.peers.comp.fromRelease: true, and comp.enabled is false")
        .hasMessageContaining("usage.peers.comp.fromRelease: true, and comp.enabled is false");
    assertThatThrownBy(
            Rendering.of(Charts.UMBRELLA, "minimal").with(Map.of("usage.nameOverride", "u"))::text)
        .hasMessageContaining("budget.peers.usage.fromRelease: true, and usage has another name");
  }

  private static Object typed(String value) {
    return new Yaml().load(value == null || value.isEmpty() ? "''" : value);
  }

  @SuppressWarnings("unchecked")
  private static void merge(Map<String, Object> into, Map<String, Object> from) {
    from.forEach(
        (key, value) ->
            into.merge(
                key,
                value,
                (old, given) -> {
                  if (old instanceof Map && given instanceof Map) {
                    Map<String, Object> both = new LinkedHashMap<>((Map<String, Object>) old);
                    merge(both, (Map<String, Object>) given);
                    return both;
                  }
                  return given;
                }));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
    assertThat(Arrays.asList(to.toFile().list())).contains("Chart.yaml");
  }
}
