package dev.fourthpillar.cli.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one service of the suite is started: what a Kubernetes manifest says for a cluster, this says
 * for one machine. Configuration goes through the environment, so that no secret stands on a
 * command line.
 */
final class ServiceSettings {
  /** What the person who starts the suite has set for other programs must not reach ours. */
  private static final List<String> OTHERS_PREFIXES =
      List.of(
          "DATASOURCES_",
          "ENDPOINTS_",
          "FLYWAY_",
          "FOURTHPILLAR_",
          "GRPC_",
          "LOGGER_",
          "MICRONAUT_",
          "OTEL_",
          "PG");

  private final SuiteDirectory directory;
  private final Ports ports;
  private final Installation installation;
  private final StartCache startCache;
  private final Duration deduplicationWindow;

  ServiceSettings(
      SuiteDirectory directory,
      Ports ports,
      Installation installation,
      StartCache startCache,
      Duration deduplicationWindow) {
    this.directory = directory;
    this.ports = ports;
    this.installation = installation;
    this.startCache = startCache;
    this.deduplicationWindow = deduplicationWindow;
  }

  ProcessBuilder process(SuiteService service, LocalDatabase database) {
    List<String> command = new ArrayList<>();
    // Ctrl-C reaches every process of the terminal. Who stops the services, and when, is for us to
    // say.
    command.addAll(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", service.id()));
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            directory.mark(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(startCache.flags(installation.startCache(service)));
    command.addAll(List.of("-jar", installation.jar(service).toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> OTHERS_PREFIXES.stream().anyMatch(name::startsWith));
    builder.environment().putAll(environment(service, database));
    return builder;
  }

  Map<String, String> environment(SuiteService service, LocalDatabase database) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("LOG_FORMAT", "text");
    all.put("GRPC_SERVER_HOST", "127.0.0.1");
    all.put("GRPC_SERVER_PORT", port(service.grpcPort()));
    all.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    all.put("MICRONAUT_SERVER_PORT", port(service.managementPort()));
    all.put("DATASOURCES_DEFAULT_URL", database.jdbcUrl());
    all.put("DATASOURCES_DEFAULT_USERNAME", database.username());
    all.put("DATASOURCES_DEFAULT_PASSWORD", database.password());
    all.put("FOURTHPILLAR_AUTH_MODE", "local");
    all.put("FOURTHPILLAR_AUTH_LOCAL_KEY_FILE", directory.keyFile().toString());
    for (SuiteService peer : SuiteService.values()) {
      if (peer != service) {
        all.put("FOURTHPILLAR_PEERS_" + peer.name(), ports.address(peer.grpcPort()));
      }
    }
    // One process is one replica here: after a crash it goes on with its feeds at once.
    all.put("FOURTHPILLAR_PEERS_REPLICA_ID", service.id());
    if (service == SuiteService.BUDGET) {
      all.put("FOURTHPILLAR_CHECKPOINT_KEY_FILE", directory.ledgerKeyFile().toString());
    }
    if (service == SuiteService.USAGE) {
      all.put("FOURTHPILLAR_OTLP_GRPC_PORT", port(SuitePort.OTLP_GRPC));
      all.put("FOURTHPILLAR_OTLP_HTTP_PORT", port(SuitePort.OTLP_HTTP));
      all.put("FOURTHPILLAR_DEDUPLICATION_WINDOW", deduplicationWindow.toHours() + "h");
      // On one machine the better report, and the hold, are there at once or never.
      all.put("FOURTHPILLAR_SETTLE_GRACE", "1s");
      all.put("FOURTHPILLAR_SETTLE_UNMATCHED_WAIT", "2s");
    }
    // Nobody balances load here, and Ctrl-C should not take long.
    all.put("FOURTHPILLAR_DRAIN_BALANCER_WAIT", "0s");
    all.put("FOURTHPILLAR_DRAIN_STREAMS_WAIT", "1s");
    all.put("FOURTHPILLAR_DRAIN_GRACEFUL_WAIT", "5s");
    return all;
  }

  private String port(SuitePort port) {
    return Integer.toString(ports.of(port));
  }
}
