package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.helm.Charts.Rendering;
import dev.fourthpillar.helm.Manifests.PodTemplate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Pod Security Standard "restricted", and what goes beyond it, for everything that makes pods.
 */
class PodSecurityTest {
  private static final Set<String> ALLOWED_VOLUMES =
      Set.of(
          "configMap", "secret", "emptyDir", "projected", "downwardAPI", "persistentVolumeClaim");

  static Stream<Rendering> everyValues() {
    return Charts.everyValues();
  }

  @ParameterizedTest
  @MethodSource("everyValues")
  void everyPodIsRestricted(Rendering rendering) {
    List<PodTemplate> pods = rendering.manifests().pods();
    assertThat(pods).isNotEmpty();
    for (PodTemplate pod : pods) {
      assertThat(pod.spec().keySet())
          .as("%s: no namespace of the node", pod.owner())
          .map(Object::toString)
          .doesNotContain("hostNetwork", "hostPID", "hostIPC");
      assertThat(Charts.at(pod.spec(), "securityContext.runAsNonRoot")).isEqualTo(true);
      assertThat((Integer) Charts.at(pod.spec(), "securityContext.runAsUser")).isPositive();
      assertThat(Charts.at(pod.spec(), "securityContext.seccompProfile.type"))
          .isEqualTo("RuntimeDefault");
      assertThat(pod.spec().get("automountServiceAccountToken"))
          .as("%s: a token only where there is a Role for it", pod.owner())
          .isEqualTo(
              pod.owner().kind().equals("Deployment")
                  && rendering
                      .manifests()
                      .of("Role")
                      .anyMatch(role -> role.name().equals(pod.owner().name())));
      assertThat(pod.spec().get("enableServiceLinks")).isEqualTo(false);
      for (Map<String, Object> volume : pod.list("volumes")) {
        assertThat(volume.keySet().stream().filter(key -> !key.equals("name")))
            .as("%s: volume %s", pod.owner(), volume)
            .map(Object::toString)
            .isSubsetOf(ALLOWED_VOLUMES);
      }
      pod.containers().forEach(container -> assertRestricted(pod, container));
    }
  }

  private static void assertRestricted(PodTemplate pod, Map<?, ?> container) {
    Map<?, ?> security = (Map<?, ?>) container.get("securityContext");
    assertThat(security.get("allowPrivilegeEscalation")).as(pod.toString()).isEqualTo(false);
    assertThat(security.get("readOnlyRootFilesystem")).isEqualTo(true);
    assertThat(security.get("privileged")).isEqualTo(false);
    assertThat(Charts.at(security, "capabilities.drop")).isEqualTo(List.of("ALL"));
    assertThat((Map<?, ?>) Charts.at(security, "capabilities")).hasSize(1);
    assertThat((List<?>) container.get("volumeMounts"))
        .as("only /tmp can be written")
        .filteredOn(mount -> ((Map<?, ?>) mount).get("mountPath").toString().startsWith("/tmp"))
        .hasSize(1);
    assertThat(Charts.at(container, "resources.limits.memory"))
        .as("the memory limit is the request")
        .isNotNull()
        .isEqualTo(Charts.at(container, "resources.requests.memory"));
    assertThat(Charts.at(container, "resources.limits.cpu")).as("no CPU limit").isNull();
    assertThat(Charts.at(container, "resources.requests.cpu")).isNotNull();
  }
}
