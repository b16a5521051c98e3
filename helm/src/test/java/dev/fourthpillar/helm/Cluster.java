package dev.fourthpillar.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a service finds in a cluster: its PostgreSQL with two roles, and an issuer of tokens. */
final class Cluster implements AutoCloseable {
  static final String OWNER_PASSWORD = "owner-secret";
  static final String SERVER_PASSWORD = "server-secret";

  private final LocalPostgres postgres;
  private final HttpServer issuer;
  private final LocalIssuer keys;

  private Cluster(LocalPostgres postgres, HttpServer issuer, LocalIssuer keys) {
    this.postgres = postgres;
    this.issuer = issuer;
    this.keys = keys;
  }

  static Cluster start(Path folder) throws Exception {
    Path keyFile = folder.resolve("issuer.jwks");
    LocalIssuer keys = LocalIssuer.open(keyFile, "fourthpillar");
    byte[] published = JWKSet.load(keyFile.toFile()).toPublicJWKSet().toString().getBytes(UTF_8);
    HttpServer issuer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/jwks",
        exchange -> {
          exchange.sendResponseHeaders(200, published.length);
          try (var body = exchange.getResponseBody()) {
            body.write(published);
          }
        });
    issuer.start();
    return new Cluster(LocalPostgres.start(LocalPostgresOptions.temporary()), issuer, keys);
  }

  URI jwks() {
    return URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks");
  }

  int databasePort() {
    return postgres.port();
  }

  /** The database of a service, with {@code NAME_owner} and {@code NAME}, which only serves. */
  void createDatabase(String name) throws SQLException {
    postgres.createDatabase(name, name + "_owner", OWNER_PASSWORD);
    LocalDatabase admin = postgres.superuser(name);
    try (Connection connection = admin.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role %s login password '%s'".formatted(name, SERVER_PASSWORD));
      statement.execute("grant connect on database %s to %s".formatted(name, name));
    }
  }

  String token() {
    Caller service = new Caller("another-service", Optional.empty(), Set.of(Role.SERVICE));
    return keys.mint(service, Duration.ofHours(1), Instant.now());
  }

  @Override
  public void close() throws IOException {
    issuer.stop(0);
    postgres.close();
  }
}
