package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.helm.Charts.Rendering;
import dev.fourthpillar.helm.Manifests.Manifest;
import dev.fourthpillar.helm.Manifests.PodTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** What the objects say of each other is so: selectors, ports, references, addresses. */
class WiringTest {
  private static final Set<String> SELECTOR_LABELS =
      Set.of("app.kubernetes.io/name", "app.kubernetes.io/instance");
  private static final Pattern TARGET = Pattern.compile("dns:///([a-z0-9-]+)[.a-z]*:(\\d+)");

  private static final Pattern FULL_TARGET = Pattern.compile("(?:dns|svc):///([a-z0-9.-]+)");

  static Stream<Rendering> everyValues() {
    return Charts.everyValues();
  }

  @ParameterizedTest
  @MethodSource("everyValues")
  void selectorsFindTheServicesPodsAndNoOthers(Rendering rendering) {
    Manifests manifests = rendering.manifests();
    for (Manifest service : manifests.of("Service").toList()) {
      assertFindsDeployment(manifests, service, service.map("spec.selector"));
    }
    for (Manifest budget : manifests.of("PodDisruptionBudget").toList()) {
      assertFindsDeployment(manifests, budget, budget.map("spec.selector.matchLabels"));
    }
    for (Manifest policy : manifests.of("NetworkPolicy").toList()) {
      assertFindsDeployment(manifests, policy, policy.map("spec.podSelector.matchLabels"));
    }
    for (Manifest deployment : manifests.of("Deployment").toList()) {
      assertFindsDeployment(manifests, deployment, deployment.map("spec.selector.matchLabels"));
      for (Map<String, Object> spread :
          deployment.list("spec.template.spec.topologySpreadConstraints")) {
        assertFindsDeployment(
            manifests, deployment, (Map<?, ?>) Charts.at(spread, "labelSelector.matchLabels"));
      }
    }
  }

  private static void assertFindsDeployment(Manifests all, Manifest owner, Map<?, ?> selector) {
    assertThat(selector.keySet().stream().map(Object::toString).toList())
        .as("%s: neither versions nor the user's labels", owner)
        .containsExactlyInAnyOrderElementsOf(SELECTOR_LABELS);
    List<PodTemplate> found =
        all.pods().stream()
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .toList();
    assertThat(found).as("what %s selects", owner).hasSize(1);
    assertThat(found.getFirst().owner().kind()).isEqualTo("Deployment");
  }

  @ParameterizedTest
  @MethodSource("everyValues")
  void portsAreNamedWhereTheyAreListenedTo(Rendering rendering) {
    Manifests manifests = rendering.manifests();
    for (Manifest deployment : manifests.of("Deployment").toList()) {
      Map<?, ?> container = deployment.list("spec.template.spec.containers").getFirst();
      Map<Object, Object> ports =
          ((List<?>) container.get("ports"))
              .stream()
                  .map(port -> (Map<?, ?>) port)
                  .collect(Collectors.toMap(p -> p.get("name"), p -> p.get("containerPort")));
      assertThat(ports).containsEntry("grpc", 50051).containsEntry("management", 8081);
      assertThat(ports.containsKey("otlp-grpc")).isEqualTo(deployment.name().contains("usage"));

      for (Manifest service : manifests.of("Service").toList()) {
        if (!service.map("spec.selector").equals(deployment.map("spec.selector.matchLabels"))) {
          continue;
        }
        for (Map<String, Object> port : service.list("spec.ports")) {
          assertThat(ports).containsEntry(port.get("targetPort"), port.get("port"));
        }
      }
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        assertThat(ports).containsKey(Charts.at(container.get(probe), "httpGet.port"));
      }
    }
    for (Manifest monitor : manifests.of("ServiceMonitor").toList()) {
      List<Manifest> services =
          manifests
              .of("Service")
              .filter(
                  service ->
                      service
                          .map("metadata.labels")
                          .entrySet()
                          .containsAll(monitor.map("spec.selector.matchLabels").entrySet()))
              .toList();
      assertThat(services).as("each pod is scraped once").hasSize(1);
      assertThat(services.getFirst().list("spec.ports").stream().map(port -> port.get("name")))
          .contains(monitor.list("spec.endpoints").getFirst().get("port"));
    }
  }

  @ParameterizedTest
  @MethodSource("everyValues")
  void whatIsReferredToIsThereOrTheUsersOwn(Rendering rendering) {
    Manifests manifests = rendering.manifests();
    Set<String> configMaps =
        manifests.of("ConfigMap").map(Manifest::name).collect(Collectors.toSet());
    Set<String> given =
        new HashSet<>(
            strings(Charts.yaml(Charts.valuesFile(rendering.chart(), rendering.values()))));
    // cert-manager makes these.
    manifests
        .of("Certificate")
        .forEach(certificate -> given.add((String) certificate.get("spec.secretName")));
    for (PodTemplate pod : manifests.pods()) {
      Set<Object> volumes = new TreeSet<>();
      for (Map<String, Object> volume : pod.list("volumes")) {
        volumes.add(volume.get("name"));
        if (volume.get("configMap") instanceof Map<?, ?> map) {
          assertThat(configMaps).contains((String) map.get("name"));
        }
        if (volume.get("secret") instanceof Map<?, ?> map) {
          assertThat(given)
              .as("a Secret that the values name")
              .contains((String) map.get("secretName"));
        }
      }
      for (Map<String, Object> container : pod.containers()) {
        assertThat((List<?>) container.get("volumeMounts"))
            .allSatisfy(mount -> assertThat(volumes).contains(((Map<?, ?>) mount).get("name")));
        for (Object variable : (List<?>) container.get("env")) {
          if (Charts.at(variable, "name") != null
              && ((Map<?, ?>) variable).get("valueFrom") instanceof Map<?, ?> from
              && from.get("secretKeyRef") instanceof Map<?, ?> secret) {
            assertThat(given).contains((String) secret.get("name"));
          }
        }
      }
      Object account = pod.spec().get("serviceAccountName");
      if (!account.equals("default") && !given.contains(account)) {
        manifests.one("ServiceAccount", (String) account);
      }
    }
    for (Manifest scaler : manifests.of("HorizontalPodAutoscaler").toList()) {
      manifests.one("Deployment", (String) scaler.get("spec.scaleTargetRef.name"));
    }
    assertThat(manifests.of("Secret")).as("no password is ever made").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyValues")
  void theCredentialsThatChangeTheSchemaAreOnlyWhereItIsMigrated(Rendering rendering) {
    for (PodTemplate pod : rendering.manifests().pods()) {
      for (Map<String, Object> container : pod.containers()) {
        String env = container.get("env").toString();
        boolean migrates = container.get("args").equals(List.of("migrate"));
        assertThat(env.contains("-database-owner")).as(container.toString()).isEqualTo(migrates);
        assertThat(env.contains("FOURTHPILLAR_MIGRATION_GRANT_TO")).isEqualTo(migrates);
      }
    }
  }

  @Test
  void theKeyThatSignsIsOnlyWhereItSigns() {
    Manifests budget = Rendering.of("budget", "full").manifests();
    for (PodTemplate pod : budget.pods()) {
      assertThat(pod.spec().toString().contains("budget-checkpoint-key"))
          .as(pod.toString())
          .isEqualTo(pod.owner().kind().equals("Deployment"));
    }
    Map<?, ?> service = budget.only("Deployment").list("spec.template.spec.containers").getFirst();
    assertThat(service.get("volumeMounts").toString())
        .contains("mountPath=/etc/fourthpillar/checkpoint,");
    assertThat((String) budget.one("ConfigMap", "fp-budget").map("data").get("application.yml"))
        .contains("key-file: /etc/fourthpillar/checkpoint/key.pem");
  }

  @Test
  void aHookUsesOnlyWhatWasThereBefore() {
    for (String chart : Charts.SERVICES) {
      Manifests manifests =
          Rendering.of(chart, "job").with(Map.of("serviceAccount.create", true)).manifests();
      Manifest job = manifests.only("Job");
      assertThat(job.map("metadata.annotations").get("example.com/hook"))
          .isEqualTo("pre-install,pre-upgrade");
      String template = job.map("spec.template.spec").toString();
      assertThat(template).doesNotContain("configMap");
      assertThat(job.get("spec.template.spec.serviceAccountName")).isEqualTo("default");
      assertThat(template).contains("DATASOURCES_DEFAULT_URL");
    }
  }

  @Test
  void aCertificateNamesWhatTheServiceIsCalledBy() {
    Manifests suite = Rendering.of(Charts.UMBRELLA, "full").manifests();
    Set<String> names =
        suite
            .of("Certificate")
            .flatMap(certificate -> ((List<?>) certificate.get("spec.dnsNames")).stream())
            .map(Object::toString)
            .collect(Collectors.toSet());
    for (Manifest config : suite.of("ConfigMap").toList()) {
      Matcher target = FULL_TARGET.matcher(config.get("data").toString());
      while (target.find()) {
        assertThat(names).contains(target.group(1));
      }
    }
    for (Manifest service : suite.of("Service").toList()) {
      assertThat(names).contains(service.name());
    }
    for (Manifest certificate : suite.of("Certificate").toList()) {
      assertThat(suite.one("Deployment", certificate.name()).map("spec.template.spec").toString())
          .contains("secretName=" + certificate.get("spec.secretName"));
    }
  }

  @Test
  void theServicesOfOneReleaseFindEachOther() {
    Manifests suite = Rendering.of(Charts.UMBRELLA, "minimal").manifests();
    List<String> targets = new ArrayList<>();
    for (Manifest config : suite.of("ConfigMap").toList()) {
      Matcher target = TARGET.matcher(config.get("data").toString());
      while (target.find()) {
        Manifest service = suite.one("Service", target.group(1));
        assertThat(service.get("spec.clusterIP")).as("headless").isEqualTo("None");
        assertThat(service.list("spec.ports").stream().map(port -> port.get("port").toString()))
            .contains(target.group(2));
        targets.add(target.group(1));
      }
    }
    assertThat(targets)
        .as("each listens to both others")
        .containsExactlyInAnyOrder(
            "fp-usage-headless",
            "fp-comp-headless",
            "fp-budget-headless",
            "fp-comp-headless",
            "fp-budget-headless",
            "fp-usage-headless");
  }

  @Test
  @SuppressWarnings("unchecked")
  void whatIsAskedOfTheKubernetesApiIsThereAndAllowed() {
    Manifests suite = Rendering.of(Charts.UMBRELLA, "full").manifests();
    Manifest live = suite.one("ConfigMap", "fp-budget-live");
    Map<String, Object> application =
        new Yaml()
            .load((String) suite.one("ConfigMap", "fp-budget").map("data").get("application.yml"));
    Map<String, Object> client = (Map<String, Object>) Charts.at(application, "kubernetes.client");
    assertThat(client).containsEntry("namespace", Charts.NAMESPACE);
    assertThat(Charts.at(client, "config-maps.includes")).isEqualTo(List.of(live.name()));
    assertThat(live.map("metadata.labels"))
        .containsAllEntriesOf((Map<String, Object>) Charts.at(client, "config-maps.labels"));

    String target = (String) Charts.at(application, "fourthpillar.peers.usage");
    assertThat(target).isEqualTo("svc:///fp-usage-headless");
    assertThat(Charts.at(client, "discovery.includes")).isEqualTo(List.of("fp-usage-headless"));
    assertThat(Charts.at(client, "discovery.services.fp-usage-headless"))
        .isEqualTo(Map.of("name", "fp-usage-headless", "port", "grpc"));
    assertThat(suite.one("Service", "fp-usage-headless").list("spec.ports"))
        .anyMatch(port -> port.get("name").equals("grpc"));

    Manifest binding = suite.one("RoleBinding", "fp-budget");
    assertThat(binding.get("roleRef.name")).isEqualTo(suite.one("Role", "fp-budget").name());
    Map<String, Object> subject = binding.list("subjects").getFirst();
    Manifest deployment = suite.one("Deployment", "fp-budget");
    assertThat(deployment.get("spec.template.spec.serviceAccountName"))
        .isEqualTo(subject.get("name"));
    assertThat(deployment.get("spec.template.spec.containers").toString())
        .contains("{name=MICRONAUT_ENVIRONMENTS, value=k8s}", "{name=HOSTNAME, valueFrom=");
    // What the library asks for (KubernetesTest of sample-service), and by name where it can.
    assertThat(suite.one("Role", "fp-budget").list("rules"))
        .extracting(rule -> rule.get("resources") + " " + rule.get("verbs"))
        .isEqualTo(List.of("[configmaps] [get, list, watch]", "[pods] [get]", "[endpoints] [get]"));
    assertThat(suite.one("Role", "fp-budget").list("rules").getLast().get("resourceNames"))
        .isEqualTo(Charts.at(client, "discovery.includes"));
    assertThat(alone().one("Role", "fp-budget").get("rules").toString())
        .as("nobody to find")
        .doesNotContain("endpoints");

    assertThat(Rendering.of(Charts.UMBRELLA, "minimal").manifests().all())
        .as("off by default")
        .noneMatch(manifest -> manifest.kind().startsWith("Role"))
        .noneMatch(manifest -> manifest.fields().toString().contains("MICRONAUT_ENVIRONMENTS"));
  }

  private static Manifests alone() {
    return Rendering.of("budget", "minimal").with(Map.of("kubernetes.enabled", true)).manifests();
  }

  private static Set<String> strings(Object tree) {
    return switch (tree) {
      case Map<?, ?> map ->
          Stream.concat(map.keySet().stream(), map.values().stream())
              .flatMap(value -> strings(value).stream())
              .collect(Collectors.toSet());
      case List<?> list ->
          list.stream().flatMap(value -> strings(value).stream()).collect(Collectors.toSet());
      case null -> Set.of();
      default -> Set.of(tree.toString());
    };
  }
}
