package dev.fourthpillar.testkit.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** Where the tests' PostgreSQL comes from: a container where there is an engine, else embedded. */
enum Engine {
  EMBEDDED,
  CONTAINER;

  static final String PROPERTY = "fourthpillar.postgres";

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  TestServer start() {
    LOG.info("tests run on PostgreSQL: {} (choose with -D{})", this, PROPERTY);
    return switch (this) {
      case EMBEDDED -> EmbeddedServer.start();
      case CONTAINER -> ContainerServer.start();
    };
  }

  static Engine chosen() {
    String configured = System.getProperty(PROPERTY, "");
    return switch (configured) {
      case "embedded" -> EMBEDDED;
      case "container" -> CONTAINER;
      case "" -> isDockerAnswering() ? CONTAINER : EMBEDDED;
      default ->
          throw new IllegalArgumentException(
              "%s: \"%s\" (expected: embedded or container)".formatted(PROPERTY, configured));
    };
  }

  /** Testcontainers takes seconds to find no engine; a socket is seen to be missing at once. */
  private static boolean isDockerAnswering() {
    return mayHaveDocker(System.getenv(), defaultSockets())
        && DockerClientFactory.instance().isDockerAvailable();
  }

  static boolean mayHaveDocker(Map<String, String> environment, List<Path> sockets) {
    return environment.containsKey("DOCKER_HOST") || sockets.stream().anyMatch(Files::exists);
  }

  private static List<Path> defaultSockets() {
    Path home = Path.of(System.getProperty("user.home"));
    return List.of(
        Path.of("/var/run/docker.sock"),
        home.resolve(".docker/run/docker.sock"),
        Path.of(System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run/user"), "docker.sock"));
  }
}
