package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.helm.Charts.Rendering;
import dev.fourthpillar.helm.Manifests.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What a change of values changes, and what it must not. */
class ChangeTest {
  static final List<String> SERVICES = Charts.SERVICES;

  private static final String CHECKSUM = "checksum/config";

  static Stream<Rendering> everyValues() {
    return Charts.everyValues();
  }

  @ParameterizedTest
  @MethodSource("everyValues")
  void aRollOutNeverHasFewerPodsThanItShould(Rendering rendering) {
    Manifests manifests = rendering.manifests();
    for (Manifest deployment : manifests.of("Deployment").toList()) {
      assertThat(deployment.get("spec.strategy.type")).isEqualTo("RollingUpdate");
      assertThat(deployment.get("spec.strategy.rollingUpdate.maxUnavailable")).isEqualTo(0);
      boolean scaled =
          manifests.of("HorizontalPodAutoscaler").anyMatch(h -> h.name().equals(deployment.name()));
      assertThat(deployment.map("spec").containsKey("replicas"))
          .as("replicas belong to the autoscaler where there is one")
          .isEqualTo(!scaled);
      assertThat(deployment.list("spec.template.spec.topologySpreadConstraints"))
          .extracting(spread -> spread.get("topologyKey"))
          .map(Object::toString)
          .containsExactlyInAnyOrder("topology.kubernetes.io/zone", "kubernetes.io/hostname");
    }
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void oneOfTwoPodsMayGoUnlessSomethingElseIsSaid(String chart) {
    Manifests manifests = Rendering.of(chart, "minimal").manifests();
    assertThat(manifests.only("Deployment").get("spec.replicas")).isEqualTo(2);
    assertThat(manifests.only("PodDisruptionBudget").get("spec.minAvailable")).isEqualTo(1);
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void aPodIsKilledOnlyAfterItCouldDrain(String chart) {
    Manifests manifests = Rendering.of(chart, "minimal").manifests();
    Manifest deployment = manifests.only("Deployment");
    Map<String, Object> drain = application(manifests, "fourthpillar.drain");
    int sum =
        drain.values().stream()
            .mapToInt(value -> Integer.parseInt(value.toString().replace("s", "")))
            .sum();
    Map<?, ?> container = deployment.list("spec.template.spec.containers").getFirst();
    int preStop = (int) Charts.at(container, "lifecycle.preStop.sleep.seconds");
    // 2 + 5 + 15 s of drain, 5 s before it, 3 s for closing (DrainConfig.CLOSING).
    assertThat(sum + preStop + 3).isEqualTo(30);
    assertThat((int) deployment.get("spec.template.spec.terminationGracePeriodSeconds"))
        .isGreaterThan(30);
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void anotherConfigurationRollsThePodsAndNothingElseDoes(String chart) {
    Rendering as = Rendering.of(chart, "minimal");
    String before = checksum(as);
    assertThat(checksum(as)).isEqualTo(before);
    assertThat(checksum(as.with(Map.of("connections.maxAgeSeconds", 60)))).isNotEqualTo(before);
    assertThat(checksum(as.with(Map.of("config.fourthpillar.outcome.retention", "3d"))))
        .isNotEqualTo(before);
    assertThat(checksum(as.with(Map.of("replicas", 5, "service.annotations.a", "b"))))
        .isEqualTo(before);
    assertThat(checksum(as.with(Map.of("kubernetes.enabled", true, "kubernetes.live.a", "b"))))
        .as("what is watched reaches the pods without a roll-out")
        .isEqualTo(checksum(as.with(Map.of("kubernetes.enabled", true))))
        .isNotEqualTo(before);
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void keepaliveIsTheSameOnBothSides(String chart) {
    Manifests manifests =
        Rendering.of(chart, "minimal")
            .with(Map.of("connections.keepaliveSeconds", 120))
            .manifests();
    assertThat(application(manifests, "fourthpillar.edge"))
        .containsEntry("keepalive-time", "120s")
        .containsEntry("min-client-keepalive", "60s");
    assertThat(application(manifests, "fourthpillar.peers"))
        .containsEntry("keepalive-time", "120s");
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void zeroAndFalseReachTheManifest(String chart) {
    Manifests manifests = Rendering.of(chart, "external").manifests();
    assertThat(manifests.only("Deployment").get("spec.replicas")).isEqualTo(0);
    assertThat(application(manifests, "fourthpillar.drain"))
        .containsEntry("balancer-wait", "0s")
        .containsEntry("streams-wait", "0s")
        .containsEntry("graceful-wait", "0s");
    assertThat(manifests.of("PodDisruptionBudget")).isEmpty();
    assertThat(manifests.only("Deployment").map("spec.template.spec"))
        .doesNotContainKey("initContainers");

    Manifests job =
        Rendering.of(chart, "job")
            .with(Map.of("migrations.job.backoffLimit", 0, "podDisruptionBudget.minAvailable", 0))
            .manifests();
    assertThat(job.only("Job").get("spec.backoffLimit")).isEqualTo(0);
    assertThat(job.only("PodDisruptionBudget").get("spec.minAvailable")).isEqualTo(0);
    assertThat(job.of("ServiceAccount")).isEmpty();

    Manifests scaled =
        Rendering.of(chart, "full")
            .with(Map.of("autoscaling.cpuUtilization", 0, "autoscaling.scaleDownSeconds", 0))
            .manifests();
    Manifest scaler = scaled.only("HorizontalPodAutoscaler");
    assertThat(scaler.list("spec.metrics"))
        .extracting(m -> m.get("type"))
        .isEqualTo(List.of("Pods"));
    assertThat(scaler.get("spec.behavior.scaleDown.stabilizationWindowSeconds")).isEqualTo(0);
    assertThat(scaled.only("Deployment").toString() + scaled.only("Deployment").fields())
        .contains("{name=A_NUMBER, value=0}");
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void whatKubernetesCannotChangeStays(String chart) {
    Manifests before = Rendering.of(chart, "full").manifests();
    Manifests after =
        Rendering.of(chart, "full")
            .with(
                Map.of(
                    "image.tag", "0.2.0",
                    "podLabels.team", "another",
                    "serviceAccount.annotations.a", "b",
                    "migrations.job.backoffLimit", 1,
                    "config.fourthpillar.outcome.retention", "1d"))
            .manifests();
    for (Manifest old : before.all()) {
      if (old.kind().equals("Job")) {
        assertThat(after.of("Job").map(Manifest::name))
            .as("another Job")
            .doesNotContain(old.name());
        continue;
      }
      Manifest changed = after.one(old.kind(), old.name());
      if (old.kind().equals("Deployment")) {
        assertThat(changed.get("spec.selector")).isEqualTo(old.get("spec.selector"));
      }
      if (old.kind().equals("Service")) {
        assertThat(changed.get("spec.clusterIP")).isEqualTo(old.get("spec.clusterIP"));
      }
    }
  }

  /** Rendered anew: the same values make the same. */
  private static String checksum(Rendering rendering) {
    return (String)
        Manifests.parse(rendering.text())
            .only("Deployment")
            .map("spec.template.metadata.annotations")
            .get(CHECKSUM);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> application(Manifests manifests, String path) {
    String yaml =
        manifests
            .of("ConfigMap")
            .map(config -> (String) config.map("data").get("application.yml"))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return (Map<String, Object>) Charts.at(new Yaml().load(yaml), path);
  }
}
