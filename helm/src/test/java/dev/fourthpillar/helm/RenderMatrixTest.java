package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import dev.fourthpillar.helm.Charts.Rendering;
import dev.fourthpillar.helm.Manifests.Manifest;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each chart with each of its example values renders to what each Kubernetes version understands.
 */
class RenderMatrixTest {
  private interface Check {
    void validate(JsonElement json) throws IOException;
  }

  /** Unknown, mistyped and missing fields fail here. */
  private static final Map<String, Check> KINDS =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", V1ConfigMap::validateJsonElement),
          Map.entry("v1/Pod", V1Pod::validateJsonElement),
          Map.entry("v1/Service", V1Service::validateJsonElement),
          Map.entry("v1/ServiceAccount", V1ServiceAccount::validateJsonElement),
          Map.entry("rbac.authorization.k8s.io/v1/Role", V1Role::validateJsonElement),
          Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", V1RoleBinding::validateJsonElement),
          Map.entry("apps/v1/Deployment", V1Deployment::validateJsonElement),
          Map.entry("batch/v1/Job", V1Job::validateJsonElement),
          Map.entry("policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", V1NetworkPolicy::validateJsonElement),
          Map.entry(
              "autoscaling/v2/HorizontalPodAutoscaler",
              V2HorizontalPodAutoscaler::validateJsonElement));

  /** Of operators, of which no model is at hand: what may stand in their spec. */
  private static final Map<String, Set<String>> OPERATOR =
      Map.of(
          "monitoring.coreos.com/v1/ServiceMonitor", Set.of("selector", "endpoints"),
          "monitoring.coreos.com/v1/PrometheusRule", Set.of("groups"),
          "cert-manager.io/v1/Certificate",
              Set.of("secretName", "duration", "privateKey", "usages", "dnsNames", "issuerRef"));

  static Stream<Rendering> matrix() {
    return Charts.everyValues().flatMap(rendering -> Charts.KUBERNETES.stream().map(rendering::on));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyObjectIsOneThatKubernetesKnows(Rendering rendering) throws IOException {
    Manifests manifests = rendering.manifests();
    assertThat(manifests.all()).isNotEmpty();
    for (Manifest manifest : manifests.all()) {
      String kind = manifest.get("apiVersion") + "/" + manifest.kind();
      if (OPERATOR.containsKey(kind)) {
        assertThat(manifest.map("spec").keySet()).isSubsetOf(OPERATOR.get(kind));
      } else {
        assertThat(KINDS).as(manifest.toString()).containsKey(kind);
        KINDS.get(kind).validate(new Gson().toJsonTree(manifest.fields()));
      }
      assertThat(manifest.name()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    }
    assertThat(manifests.all().stream().map(Manifest::toString).toList()).doesNotHaveDuplicates();
  }

  @Test
  void thePostgresForTryingIsOneThatKubernetesKnows() throws IOException {
    Path file = Charts.SOURCES.resolve(Charts.UMBRELLA).resolve("ci/postgres.yaml");
    for (Manifest manifest : Manifests.parse(Charts.read(file)).all()) {
      KINDS
          .get(manifest.get("apiVersion") + "/" + manifest.kind())
          .validate(new Gson().toJsonTree(manifest.fields()));
    }
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void allItsLabelsAreTheRecommendedOnes(Rendering rendering) {
    for (Manifest manifest : rendering.manifests().all()) {
      if (manifest.name().endsWith("-owner")) {
        continue; // An object of the user's own.
      }
      assertThat(manifest.map("metadata.labels").keySet())
          .as(manifest.toString())
          .map(Object::toString)
          .contains("app.kubernetes.io/name", "app.kubernetes.io/instance")
          .contains("app.kubernetes.io/component", "app.kubernetes.io/part-of");
    }
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void beforeTheEndAPodSleepsAsItsKubernetesCan(Rendering rendering) {
    for (Manifest deployment : rendering.manifests().of("Deployment").toList()) {
      Map<?, ?> container = deployment.list("spec.template.spec.containers").getFirst();
      Map<?, ?> preStop = (Map<?, ?>) Charts.at(container, "lifecycle.preStop");
      String how = rendering.kubernetes().startsWith("1.29") ? "exec" : "sleep";
      assertThat(preStop.keySet()).map(Object::toString).containsExactly(how);
    }
  }
}
