package dev.fourthpillar.testkit.service;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.backbone.launch.Surroundings;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import io.micronaut.runtime.context.scope.refresh.RefreshEvent;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * The service whose main module is on the class path, whole, in this JVM, on free ports of this
 * machine, and callers with real tokens. A caller is put on a stub as its credentials: {@code
 * service.stub(PocketServiceGrpc::newBlockingStub, service.as("tool", Role.FINANCE))}.
 */
public final class TestService implements AutoCloseable {
  /** The setting that names the file of the local issuer. */
  public static final String KEY_FILE = "fourthpillar.auth.local-key-file";

  private static final String AUDIENCE = "fourthpillar";
  private static final Duration TOKEN_TTL = Duration.ofHours(1);
  private static final long CLOSE_WAIT_SECONDS = 5;
  private static final int OVER_ALL_ELSE = 10_000;

  private final ApplicationContext context;
  private final ManagedChannel channel;
  private final LocalIssuer issuer;
  private final Jdbi database;

  private TestService(ApplicationContext context, Path keyFile, LocalDatabase database) {
    this.context = context;
    this.issuer = LocalIssuer.open(keyFile, AUDIENCE);
    this.channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", context.getBean(GrpcEmbeddedServer.class).getPort())
            .usePlaintext()
            .build();
    this.database = Jdbi.create(database.dataSource());
  }

  public static TestService start(TestDatabase database) {
    return start(database, Map.of());
  }

  /** With configuration that differs from the service's own. */
  public static TestService start(TestDatabase database, Map<String, Object> differences) {
    return start(
        new LocalDatabase(database.jdbcUrl(), database.username(), database.password()),
        differences);
  }

  /** On a database that the test made itself. */
  public static TestService start(LocalDatabase database, Map<String, Object> differences) {
    // Services that talk to each other trust one file.
    Path keyFile =
        differences.containsKey(KEY_FILE)
            ? Path.of(differences.get(KEY_FILE).toString())
            : keyFile();
    Map<String, Object> properties = new HashMap<>();
    properties.put("datasources.default.url", database.jdbcUrl());
    properties.put("datasources.default.username", database.username());
    properties.put("datasources.default.password", database.password());
    properties.put("fourthpillar.auth.mode", "local");
    properties.put(KEY_FILE, keyFile.toString());
    properties.put("fourthpillar.drain.balancer-wait", "0s");
    properties.put("fourthpillar.drain.streams-wait", "1s");
    properties.put("fourthpillar.drain.graceful-wait", "1s");
    properties.put("grpc.server.host", "127.0.0.1");
    properties.put("grpc.server.port", "0");
    properties.put("fourthpillar.otlp.grpc-port", "0");
    properties.put("fourthpillar.otlp.http-port", "0");
    properties.put("micronaut.server.host", "127.0.0.1");
    properties.put("micronaut.server.port", "-1");
    properties.putAll(differences);
    ApplicationContext context =
        Surroundings.of(properties).builder().properties(properties).start();
    try {
      context.getBean(EmbeddedServer.class).start();
      return new TestService(context, keyFile, database);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** Without a caller. */
  public ManagedChannel channel() {
    return channel;
  }

  /** The service's database, beside the service. */
  public Jdbi database() {
    return database;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Other settings while it runs, by their keys: as a watched ConfigMap brings them. */
  public void reconfigure(Map<String, Object> settings) {
    context
        .getEnvironment()
        .addPropertySource(PropertySource.of("changed", settings, OVER_ALL_ELSE));
    context.getEventPublisher(RefreshEvent.class).publishEvent(new RefreshEvent(settings));
  }

  /** A stub whose calls are that caller's. */
  public <S extends AbstractStub<S>> S stub(
      Function<ManagedChannel, S> newStub, BearerToken caller) {
    return newStub.apply(channel).withCallCredentials(caller);
  }

  public BearerToken as(String subject, Role... roles) {
    return new BearerToken(token(new Caller(subject, Optional.empty(), Set.of(roles))));
  }

  public BearerToken engineer(String id) {
    return new BearerToken(token(new Caller(id, Optional.of(id), Set.of(Role.ENGINEER))));
  }

  public String token(Caller caller) {
    return issuer.mint(caller, TOKEN_TTL, Instant.now());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    context.close();
  }

  private static Path keyFile() {
    try {
      Path folder = Files.createTempDirectory("test-issuer");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("issuer.jwks");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
