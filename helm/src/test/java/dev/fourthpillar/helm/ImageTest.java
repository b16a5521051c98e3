package dev.fourthpillar.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.helm.Charts.Rendering;
import dev.fourthpillar.helm.Manifests.Manifest;
import dev.fourthpillar.helm.Manifests.PodTemplate;
import dev.fourthpillar.proof.Signer;
import dev.fourthpillar.testkit.kubernetes.KubernetesApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The images that the build makes, run with what the charts render: the same arguments, environment
 * and files, without a right and with nothing to write to but /tmp.
 */
@Tag("suite")
@Execution(ExecutionMode.CONCURRENT)
class ImageTest {
  static final List<String> SERVICES = Charts.SERVICES;

  /** The one that is installed with {@code kubernetes.enabled}. */
  private static final String WATCHES = "budget";

  /** All start at once, on whatever is left of the machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final int TERMINATED = 143;

  /** Prometheus' own, which no service tells. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  private static final Pattern TOLD = Pattern.compile("(?m)^([a-z][a-z0-9_]*)[{ ]");

  @TempDir private static Path folder;
  private static Cluster cluster;
  private static KubernetesApi kubernetes;

  /** Where those would ask that are not told to. */
  private static KubernetesApi unasked;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = Cluster.start(folder);
    kubernetes = KubernetesApi.start();
    kubernetes.pods("fp-usage-headless", 1);
    unasked = KubernetesApi.start();
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
    kubernetes.close();
    unasked.close();
  }

  @Test
  void theImageOfTheCommandLineIsReproducibleAndNobodysInParticular() throws Exception {
    assertNobodysInParticular(unpack("cli"));
  }

  private static void assertNobodysInParticular(Image image) throws IOException {
    assertThat(image.config().get("created").toString()).contains("1970");
    assertThat(Charts.at(image.config(), "config.User")).isEqualTo("10001:10001");
    assertThat(image.entrypoint().getFirst()).isEqualTo("java");
    try (var files = Files.walk(image.root().resolve("app"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("no secret, no test and no source")
          .noneMatch(name -> name.matches(".*(\\.jwks|test.*\\.jar|\\.java|\\.properties)"));
    }
  }

  @ParameterizedTest
  @FieldSource("SERVICES")
  void itMigratesServesAndChecksAsTheChartSays(String chart) throws Exception {
    Image image = unpack(chart + "-service");
    assertNobodysInParticular(image);
    NotRun.unless(
        Image.canBeConfined(),
        "the image of " + chart + "; a mount namespace needs root and unshare (util-linux)");
    cluster.createDatabase(chart);
    int grpc = freePort();
    int management = freePort();
    Manifests manifests = manifests(chart);
    mount(image, manifests);
    if (chart.equals(WATCHES)) {
      apply(manifests, UnaryOperator.identity());
    }
    KubernetesApi api = chart.equals(WATCHES) ? kubernetes : unasked;
    Map<String, String> ports =
        Map.of(
            "GRPC_SERVER_PORT", Integer.toString(grpc),
            "MICRONAUT_SERVER_PORT", Integer.toString(management),
            "FOURTHPILLAR_OTLP_GRPC_PORT", Integer.toString(freePort()),
            "FOURTHPILLAR_OTLP_HTTP_PORT", Integer.toString(freePort()),
            // As in any pod; a service that is not told to has no business there.
            "KUBERNETES_SERVICE_HOST", "127.0.0.1",
            "KUBERNETES_SERVICE_PORT", Integer.toString(api.port()));
    PodTemplate pod =
        manifests.pods().stream()
            .filter(p -> p.owner().kind().equals("Deployment"))
            .findFirst()
            .orElseThrow();

    Path served = folder.resolve(chart + ".log");
    Process service =
        image.start(environment(chart, pod.list("containers").getFirst(), ports), served, "serve");
    try {
      awaitOk("liveness without a schema", service, served, management, path(pod, "liveness"));
      assertThat(get(management, path(pod, "startup"))).isEqualTo(200);
      assertThat(get(management, path(pod, "readiness"))).isEqualTo(503);

      Path migrated = folder.resolve(chart + "-migrate.log");
      Process migrate =
          image.start(
              environment(chart, pod.list("initContainers").getFirst(), Map.of()),
              migrated,
              "migrate");
      assertThat(exit(migrate)).as(() -> Charts.read(migrated)).isZero();
      awaitOk("readiness", service, served, management, path(pod, "readiness"));

      PodTemplate test =
          manifests.pods().stream()
              .filter(p -> p.owner().kind().equals("Pod"))
              .findFirst()
              .orElseThrow();
      Path checked = folder.resolve(chart + "-check.log");
      Process check =
          image.start(
              environment(chart, test.list("containers").getFirst(), Map.of()),
              checked,
              "check",
              "127.0.0.1:" + grpc);
      assertThat(exit(check)).as(() -> Charts.read(checked) + Charts.read(served)).isZero();
      assertThat(Charts.read(checked)).contains("is SERVING", "has a feed of 64 partitions");

      assertUnprivileged(service);
      if (chart.equals(WATCHES)) {
        assertHearsOfAChange(manifests, served);
        assertAllowed(manifests.only("Role"), kubernetes.requests());
      } else {
        assertThat(unasked.requests()).as("nobody was told to ask").isEmpty();
      }
      assertTellsWhatIsAskedFor(chart, body(management, "/prometheus"));

      // Not Process.destroy(), which would close its output.
      service.toHandle().destroy();
      assertThat(exit(service)).as(() -> Charts.read(served)).isEqualTo(TERMINATED);
      assertThat(Charts.read(served)).contains("drained").doesNotContain("password");
    } finally {
      service.destroyForcibly();
    }
  }

  private static String path(PodTemplate pod, String probe) {
    return (String) Charts.at(pod.list("containers").getFirst(), probe + "Probe.httpGet.path");
  }

  private void awaitOk(String what, Process service, Path log, int port, String path) {
    try {
      await(what).atMost(PATIENCE).until(() -> alive(service, log) && get(port, path) == 200);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(Charts.read(log), e);
    }
  }

  /** The watched ConfigMap as the chart makes it, or with something else in it. */
  private static void apply(Manifests manifests, UnaryOperator<String> content) {
    Manifest live = manifests.one("ConfigMap", Charts.RELEASE + "-" + WATCHES + "-live");
    Map<String, String> labels = new HashMap<>();
    live.map("metadata.labels").forEach((key, value) -> labels.put(key, value.toString()));
    String yaml = (String) live.map("data").get("live.yml");
    kubernetes.put(live.name(), labels, Map.of("live.yml", content.apply(yaml)));
  }

  /** Like {@code kubectl edit configmap}: its new content reaches the pod as it runs. */
  private static void assertHearsOfAChange(Manifests manifests, Path log) {
    apply(manifests, _ -> "fourthpillar.budget.thresholds: [70]\n");
    await("the change")
        .atMost(PATIENCE)
        .until(
            () ->
                Charts.read(log)
                    .contains("configuration has changed: [fourthpillar.budget.thresholds"));
    await("the pods of a peer")
        .atMost(PATIENCE)
        .until(
            () ->
                kubernetes.requests().stream()
                    .anyMatch(path -> path.endsWith("/endpoints/fp-usage-headless")));
  }

  /** The API here allows more: whether the Role of the chart would. */
  private static void assertAllowed(Manifest role, List<String> requests) {
    List<Pattern> allowed = new ArrayList<>();
    // What every ServiceAccount may ask: which kinds of objects there are.
    allowed.add(Pattern.compile("/apis?(/v1)?"));
    for (Map<String, Object> rule : role.list("rules")) {
      for (Object kind : (List<?>) rule.get("resources")) {
        String names =
            rule.get("resourceNames") instanceof List<?> named
                ? named.stream().map(name -> "/" + name).collect(Collectors.joining("|"))
                : "(/[a-z0-9-]+)?";
        allowed.add(
            Pattern.compile("/api/v1/namespaces/suite/%s(%s)(\\?.*)?".formatted(kind, names)));
      }
    }
    assertThat(requests)
        .isNotEmpty()
        .allSatisfy(
            path -> assertThat(allowed).anyMatch(pattern -> pattern.matcher(path).matches()));
  }

  private static Image unpack(String module) throws Exception {
    return Image.unpack(Image.tar(module), Files.createTempDirectory(folder, module));
  }

  /** The chart with what is there: everything else as anybody would install it. */
  private static Manifests manifests(String chart) {
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("auth.issuer", LocalIssuer.NAME);
    set.put("config.fourthpillar.auth.jwks-url", cluster.jwks().toString());
    set.put("database.host", "127.0.0.1");
    set.put("database.port", cluster.databasePort());
    set.put("database.parameters.sslmode", "disable");
    set.put("peers.tokenSecret.name", "token");
    // Nobody is there: a service starts and serves alone.
    Charts.SERVICES.stream()
        .filter(peer -> !peer.equals(chart))
        .forEach(peer -> set.put("peers." + peer + ".target", "127.0.0.1:1"));
    if (chart.equals(WATCHES)) {
      set.put("kubernetes.enabled", true);
      set.put("peers.usage.target", "svc:///fp-usage-headless");
      set.put("config.kubernetes.client.base-path", kubernetes.url().toString());
    }
    if (chart.equals("budget")) {
      set.put("checkpoint.keySecret.name", "key");
    }
    set.put("shutdown.balancerWaitSeconds", 0);
    set.put("shutdown.streamsWaitSeconds", 1);
    set.put("logging.format", "text");
    // Over before the optimising compiler would pay.
    set.put("jvm.options", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    return Rendering.of(chart, "minimal").with(set).manifests();
  }

  /** What the pod's volumes bring. */
  private static void mount(Image image, Manifests manifests) throws IOException {
    Path etc = Files.createDirectories(image.root().resolve("etc/fourthpillar/config"));
    Manifest config =
        manifests
            .of("ConfigMap")
            .filter(map -> map.map("data").containsKey("application.yml"))
            .findFirst()
            .orElseThrow();
    Files.writeString(
        etc.resolve("application.yml"), (String) config.map("data").get("application.yml"));
    Path peers = Files.createDirectories(image.root().resolve("etc/fourthpillar/peers"));
    Files.writeString(peers.resolve("token"), cluster.token());
    Path signing = Files.createDirectories(image.root().resolve("etc/fourthpillar/checkpoint"));
    Signer.create(signing.resolve("key.pem"));
    Files.setPosixFilePermissions(
        signing.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    // The temporary folder is its maker's alone.
    for (Path path = image.root(); path.startsWith(folder); path = path.getParent()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> environment(
      String chart, Map<String, Object> container, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    for (Map<String, Object> variable : (List<Map<String, Object>>) container.get("env")) {
      String name = (String) variable.get("name");
      Object secret = Charts.at(variable, "valueFrom.secretKeyRef.name");
      if (variable.get("value") != null) {
        environment.put(name, variable.get("value").toString());
      } else if (Charts.at(variable, "valueFrom.fieldRef.fieldPath") != null) {
        environment.put(name, chart + "-5d8f-abcde");
      } else {
        boolean owner = secret.equals(chart + "-database-owner");
        String key = (String) Charts.at(variable, "valueFrom.secretKeyRef.key");
        environment.put(
            name,
            switch (key) {
              case "username" -> owner ? chart + "_owner" : chart;
              case "password" -> owner ? Cluster.OWNER_PASSWORD : Cluster.SERVER_PASSWORD;
              default -> throw new AssertionError(key);
            });
      }
    }
    environment.putAll(more);
    return environment;
  }

  /** Real, effective, saved and file-system user, and not one capability. */
  private static void assertUnprivileged(Process service) {
    String status = Charts.read(Path.of("/proc", Long.toString(service.pid()), "status"));
    assertThat(status)
        .containsPattern("Uid:\\s+10001\\s+10001\\s+10001\\s+10001")
        .containsPattern("CapEff:\\s+0000000000000000");
  }

  /** Every metric that an alert or a dashboard reads is one that the service tells. */
  private static void assertTellsWhatIsAskedFor(String chart, String scrape) {
    Set<String> told =
        TOLD.matcher(scrape).results().map(found -> found.group(1)).collect(Collectors.toSet());
    Set<String> asked = new TreeSet<>();
    Alerts.of(chart)
        .values()
        .forEach(rule -> asked.addAll(Alerts.metrics((String) rule.get("expr"))));
    Alerts.ofDashboards(chart).forEach(expression -> asked.addAll(Alerts.metrics(expression)));
    if (chart.equals("budget")) {
      Alerts.ofDashboards(Charts.UMBRELLA).forEach(e -> asked.addAll(Alerts.metrics(e)));
      asked.removeIf(name -> name.contains("_otlp_") || name.startsWith("fourthpillar_usage_"));
    }
    asked.removeAll(OF_PROMETHEUS);
    assertThat(asked).hasSizeGreaterThan(10);
    assertThat(told).containsAll(asked);
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static boolean alive(Process process, Path log) {
    assertThat(process.isAlive()).as(() -> Charts.read(log)).isTrue();
    return true;
  }

  private int get(int port, String path) {
    try {
      return send(port, path).statusCode();
    } catch (IOException _) {
      return -1;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String body(int port, String path) throws IOException, InterruptedException {
    return send(port, path).body();
  }

  private HttpResponse<String> send(int port, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
