package dev.fourthpillar.budget;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc.EventFeedServiceBlockingStub;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.micronaut.context.ApplicationContext;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** The whole budget service on free ports of this machine, and callers with real tokens. */
public final class BudgetServer implements AutoCloseable {
  private static final String AUDIENCE = "fourthpillar";

  private final ApplicationContext context;
  private final ManagedChannel channel;
  private final LocalIssuer issuer;
  private final Jdbi database;

  private BudgetServer(ApplicationContext context, Path keyFile, TestDatabase database) {
    this.context = context;
    this.issuer = LocalIssuer.open(keyFile, AUDIENCE);
    this.channel =
        NettyChannelBuilder.forAddress(
                "127.0.0.1", context.getBean(GrpcEmbeddedServer.class).getPort())
            .usePlaintext()
            .build();
    this.database = Jdbi.create(database.dataSource());
  }

  public static BudgetServer start(TestDatabase database) {
    return start(database, Map.of());
  }

  /** With configuration that differs from the service's own. */
  public static BudgetServer start(TestDatabase database, Map<String, Object> differences) {
    Path keyFile = keyFile();
    Map<String, Object> properties = new HashMap<>();
    properties.put("datasources.default.url", database.jdbcUrl());
    properties.put("datasources.default.username", database.username());
    properties.put("datasources.default.password", database.password());
    properties.put("fourthpillar.auth.mode", "local");
    properties.put("fourthpillar.auth.local-key-file", keyFile.toString());
    properties.put("fourthpillar.drain.balancer-wait", "0s");
    properties.put("fourthpillar.drain.streams-wait", "1s");
    properties.put("fourthpillar.drain.graceful-wait", "1s");
    properties.put("grpc.server.host", "127.0.0.1");
    properties.put("grpc.server.port", "0");
    properties.put("micronaut.server.host", "127.0.0.1");
    properties.put("micronaut.server.port", "-1");
    properties.putAll(differences);
    ApplicationContext context =
        ApplicationContext.builder().deduceEnvironment(false).properties(properties).start();
    try {
      context.getBean(EmbeddedServer.class).start();
      return new BudgetServer(context, keyFile, database);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

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

  public EventFeedServiceBlockingStub feed(CallCredentials caller) {
    return EventFeedServiceGrpc.newBlockingStub(channel).withCallCredentials(caller);
  }

  public CallCredentials finance() {
    return as("finance-tool", Role.FINANCE);
  }

  public CallCredentials as(String subject, Role... roles) {
    return bearing(token(new Caller(subject, Optional.empty(), Set.of(roles))));
  }

  public CallCredentials engineer(String id) {
    return bearing(token(new Caller(id, Optional.of(id), Set.of(Role.ENGINEER))));
  }

  public String token(Caller caller) {
    return issuer.mint(caller, Duration.ofHours(1), Instant.now());
  }

  /** A caller who sends this token. */
  public static CallCredentials bearing(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return new CallCredentials() {
      @Override
      public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier to) {
        to.apply(headers);
      }
    };
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    context.close();
  }

  private static Path keyFile() {
    try {
      Path folder = Files.createTempDirectory("budget-issuer");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve("issuer.jwks");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
