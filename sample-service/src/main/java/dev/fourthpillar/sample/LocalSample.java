package dev.fourthpillar.sample;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.backbone.launch.Launcher;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sample service on this machine alone, with everything it needs; its data go with it. */
final class LocalSample {
  private static final String AUDIENCE = "fourthpillar";
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private LocalSample() {}

  static void run(String[] args) {
    LocalPostgres postgres = LocalPostgres.start(LocalPostgresOptions.temporary());
    try {
      LocalDatabase database = postgres.createDatabase("sample", "sample", "sample-local");
      Path keyFile = Files.createTempDirectory("sample-issuer").resolve("issuer.jwks");
      ApplicationContext context =
          Launcher.start(
              args,
              Map.ofEntries(
                  Map.entry("datasources.default.url", database.jdbcUrl()),
                  Map.entry("datasources.default.username", database.username()),
                  Map.entry("datasources.default.password", database.password()),
                  Map.entry("fourthpillar.auth.mode", "local"),
                  Map.entry("fourthpillar.auth.local-key-file", keyFile.toString()),
                  Map.entry("fourthpillar.drain.balancer-wait", "0s"),
                  Map.entry("grpc.server.host", "127.0.0.1"),
                  Map.entry("micronaut.server.host", "127.0.0.1")));
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(context, postgres), "stop-postgres"));
      LocalIssuer issuer = LocalIssuer.open(keyFile, AUDIENCE);
      System.out.printf(
          """

          PocketService and EchoService: 127.0.0.1:%d
          health and metrics:            http://127.0.0.1:%s/health/readiness, /prometheus

          A token with role FINANCE:
          %s

          A token of engineer ada:
          %s

          """,
          context.getBean(GrpcEmbeddedServer.class).getPort(),
          context.getProperty("micronaut.server.port", String.class).orElse("8081"),
          token(issuer, new Caller("finance-tool", Optional.empty(), Set.of(Role.FINANCE))),
          token(issuer, new Caller("ada", Optional.of("ada"), Set.of(Role.ENGINEER))));
      Launcher.await(context);
    } catch (IOException e) {
      postgres.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  /** The database goes last: the service drains on it. */
  private static void stop(ApplicationContext context, LocalPostgres postgres) {
    try {
      long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
      while (context.isRunning() && System.nanoTime() < end) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      postgres.close();
    }
  }

  private static String token(LocalIssuer issuer, Caller caller) {
    return issuer.mint(caller, LocalIssuer.DEFAULT_TTL, Instant.now());
  }
}
