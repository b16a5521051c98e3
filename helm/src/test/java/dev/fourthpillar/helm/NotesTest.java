package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What Helm says after an installation: how to call it, and what is insecure in it. */
class NotesTest {
  static final List<String> SERVICES = Charts.SERVICES;

  @ParameterizedTest
  @FieldSource("SERVICES")
  void theySayHowToCallItAndWhatIsInsecureInThisOne(String chart) {
    String minimal = notes(chart, "minimal");
    assertThat(minimal)
        .contains("dns:///fp-" + chart + "-headless.suite.svc:50051", "helm --namespace suite test")
        .contains("tls.mode is disabled", "networkPolicy.enabled is false", "sslmode is neither")
        .doesNotContain("kubernetes.enabled is true");

    String full = notes(chart, "full");
    assertThat(full)
        .contains("kubernetes.enabled is true: the pods' token can read every ConfigMap")
        .doesNotContain("tls.mode is disabled", "networkPolicy.enabled is false", "sslmode is");
  }

  private static String notes(String chart, String values) {
    return new Helm(Charts.copy(chart))
        .install()
        .withName(Charts.RELEASE)
        .withNamespace(Charts.NAMESPACE)
        .withKubeVersion(Charts.KUBERNETES.getLast())
        .withValuesFile(Charts.valuesFile(chart, values))
        .clientOnly()
        .dryRun()
        .call()
        .getOutput();
  }
}
