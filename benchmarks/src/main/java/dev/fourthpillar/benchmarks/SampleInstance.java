package dev.fourthpillar.benchmarks;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sample service in this process, on a durable PostgreSQL of its own, over real sockets. */
final class SampleInstance implements AutoCloseable {
  private final LocalPostgres postgres;
  private final ApplicationContext context;
  private final int port;
  private final String token;
  private final ManagedChannel channel;

  private SampleInstance(
      LocalPostgres postgres,
      ApplicationContext context,
      int port,
      String token,
      ManagedChannel channel) {
    this.postgres = postgres;
    this.port = port;
    this.token = token;
    this.context = context;
    this.channel = channel;
  }

  static SampleInstance start() throws IOException {
    LocalPostgres postgres = LocalPostgres.start(LocalPostgresOptions.temporary());
    LocalDatabase database = postgres.createDatabase("bench", "bench", "bench-local");
    Path keyFile = Files.createTempDirectory("bench-issuer").resolve("issuer.jwks");
    int port = freePort();
    ApplicationContext context =
        ApplicationContext.builder()
            .properties(
                Map.ofEntries(
                    Map.entry("datasources.default.url", database.jdbcUrl()),
                    Map.entry("datasources.default.username", database.username()),
                    Map.entry("datasources.default.password", database.password()),
                    Map.entry("fourthpillar.auth.mode", "local"),
                    Map.entry("fourthpillar.auth.local-key-file", keyFile.toString()),
                    Map.entry("fourthpillar.drain.balancer-wait", "0s"),
                    Map.entry("grpc.server.host", "127.0.0.1"),
                    Map.entry("grpc.server.port", port),
                    Map.entry("micronaut.server.host", "127.0.0.1"),
                    Map.entry("micronaut.server.port", freePort())))
            .build()
            .start();
    context.getBean(EmbeddedServer.class).start();
    String token =
        LocalIssuer.open(keyFile, "fourthpillar")
            .mint(
                new Caller("bench", Optional.empty(), Set.of(Role.SERVICE)),
                LocalIssuer.DEFAULT_TTL,
                Instant.now());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .intercept(withToken(token))
            .build();
    return new SampleInstance(postgres, context, port, token, channel);
  }

  /** Puts the token on each call. */
  static ClientInterceptor withToken(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  String token() {
    return token;
  }

  /** To the service, with a token of role SERVICE on each call. */
  ManagedChannel channel() {
    return channel;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    context.close();
    postgres.close();
  }
}
