package dev.fourthpillar.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * As much of the Kubernetes API as a service of ours may use, over HTTP on this machine: ConfigMaps
 * that are listed and watched, Endpoints that are read, and the pod that asks. Whatever else is
 * asked for is answered 403, as to a ServiceAccount without a Role.
 */
public final class KubernetesApi implements AutoCloseable {
  private static final String CONFIG_MAPS = "/configmaps";
  private static final String ENDPOINTS = "/endpoints/";
  private static final String PODS = "/pods/";

  /** What every ServiceAccount may ask: which kinds of objects there are. */
  private static final Map<String, Object> WHAT_THERE_IS =
      Map.of(
          "/api",
          Map.of(
              "kind",
              "APIVersions",
              "versions",
              List.of("v1"),
              "serverAddressByClientCIDRs",
              List.of()),
          "/api/v1",
          Map.of(
              "kind",
              "APIResourceList",
              "groupVersion",
              "v1",
              "resources",
              List.of(resource("configmaps", "ConfigMap"), resource("endpoints", "Endpoints"))),
          "/apis",
          Map.of("kind", "APIGroupList", "groups", List.of()));

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Object> configMaps = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Object> endpoints = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private boolean closed;

  private record Change(String type, Map<String, String> labels, Object object) {}

  private KubernetesApi(HttpServer server) {
    this.server = server;
  }

  public static KubernetesApi start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      KubernetesApi api = new KubernetesApi(server);
      server.setExecutor(api.threads);
      server.createContext("/", api::answer);
      server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Makes the ConfigMap, or changes it; who watches is told. */
  public synchronized void put(String name, Map<String, String> labels, Map<String, String> data) {
    String version = Integer.toString(changes.size() + 1);
    Map<String, Object> configMap =
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "ConfigMap",
            "metadata",
            Map.of(
                "name", name, "namespace", "suite", "labels", labels, "resourceVersion", version),
            "data",
            data);
    boolean known = configMaps.removeIf(old -> name(old).equals(name));
    configMaps.add(configMap);
    changes.add(new Change(known ? "MODIFIED" : "ADDED", labels, configMap));
    notifyAll();
  }

  /** The pods behind a Service, which all stand on this machine, by their gRPC ports. */
  public void pods(String service, Integer... grpcPorts) {
    List<Object> subsets =
        Arrays.stream(grpcPorts)
            .map(
                port ->
                    (Object)
                        Map.of(
                            "addresses",
                            List.of(Map.of("ip", "127.0.0.1")),
                            "ports",
                            List.of(
                                Map.of("name", "grpc", "port", port, "protocol", "TCP"),
                                Map.of("name", "management", "port", 1, "protocol", "TCP"))))
            .toList();
    endpoints.put(
        service,
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Endpoints",
            "metadata",
            Map.of("name", service, "namespace", "suite"),
            "subsets",
            subsets));
  }

  /** What was asked for: paths with their queries. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The {@code authorization} headers that were shown. */
  public List<String> tokens() {
    return List.copyOf(tokens);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      requests.add(asked.toString());
      tokens.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      Map<String, String> query = query(asked);
      String path = asked.getPath().replaceFirst("^/api/v1/namespaces/suite", "");
      if (path.equals(CONFIG_MAPS) && "true".equals(query.get("watch"))) {
        watch(exchange, labels(query), Integer.parseInt(query.get("resourceVersion")));
      } else if (path.equals(CONFIG_MAPS)) {
        send(exchange, 200, list(labels(query)));
      } else if (path.startsWith(ENDPOINTS)
          && endpoints.containsKey(path.substring(ENDPOINTS.length()))) {
        send(exchange, 200, endpoints.get(path.substring(ENDPOINTS.length())));
      } else if (path.startsWith(PODS)) {
        send(exchange, 200, pod(path.substring(PODS.length())));
      } else if (WHAT_THERE_IS.containsKey(path)) {
        send(exchange, 200, WHAT_THERE_IS.get(path));
      } else {
        send(exchange, 403, Map.of("kind", "Status", "status", "Failure", "code", 403));
      }
    }
  }

  /** A pod may look at itself, whatever it is called. */
  private static Object pod(String name) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Pod",
        "metadata",
        Map.of("name", name, "namespace", "suite", "labels", Map.of()));
  }

  private synchronized Object list(Map<String, String> labels) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "ConfigMapList",
        "metadata",
        Map.of("resourceVersion", Integer.toString(changes.size())),
        "items",
        configMaps.stream()
            .filter(map -> labelsOf(map).entrySet().containsAll(labels.entrySet()))
            .toList());
  }

  /** Each change after the version, one JSON document a line, until the client goes. */
  private void watch(HttpExchange exchange, Map<String, String> labels, int version)
      throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    for (int next = version; ; next++) {
      Change change = await(next);
      if (change == null) {
        return;
      }
      if (change.labels().entrySet().containsAll(labels.entrySet())) {
        String line = json(Map.of("type", change.type(), "object", change.object())) + "\n";
        exchange.getResponseBody().write(line.getBytes(UTF_8));
        exchange.getResponseBody().flush();
      }
    }
  }

  private synchronized Change await(int index) {
    try {
      while (changes.size() <= index && !closed) {
        wait();
      }
    } catch (InterruptedException _) {
      return null;
    }
    return closed ? null : changes.get(index);
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = json(body).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> query(URI uri) {
    return uri.getRawQuery() == null
        ? Map.of()
        : Arrays.stream(uri.getRawQuery().split("&", -1))
            .map(part -> part.split("=", 2))
            .collect(Collectors.toMap(part -> part[0], part -> URLDecoder.decode(part[1], UTF_8)));
  }

  private static Map<String, String> labels(Map<String, String> query) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : query.getOrDefault("labelSelector", "").split(",", -1)) {
      if (!label.isEmpty()) {
        labels.put(label.split("=", 2)[0], label.split("=", 2)[1]);
      }
    }
    return labels;
  }

  private static Map<String, Object> resource(String name, String kind) {
    return Map.of(
        "name",
        name,
        "kind",
        kind,
        "namespaced",
        true,
        "singularName",
        "",
        "verbs",
        List.of("get"));
  }

  private static String name(Object configMap) {
    return (String) metadata(configMap).get("name");
  }

  private static Map<?, ?> labelsOf(Object configMap) {
    return (Map<?, ?>) metadata(configMap).get("labels");
  }

  private static Map<?, ?> metadata(Object object) {
    return (Map<?, ?>) ((Map<?, ?>) object).get("metadata");
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> json(entry.getKey().toString()) + ":" + json(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(KubernetesApi::json).collect(Collectors.joining(",", "[", "]"));
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default ->
          '"'
              + value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
              + '"';
    };
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
