package dev.fourthpillar.sample.operate;

import dev.fourthpillar.backbone.launch.Launcher;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.testkit.service.TestService;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a replica is told, and a replica in this JVM. */
record OperatedSample(TestService service, SampleClient client) implements AutoCloseable {

  static OperatedSample start(Settings settings) {
    return new OperatedSample(
        TestService.start(settings.database(), settings.properties()), settings.client());
  }

  /** Blocks as a service's main method does. */
  void await() {
    Launcher.await(service.bean(ApplicationContext.class));
  }

  @Override
  public void close() {
    client.close();
    service.close();
  }

  /**
   * The properties of one replica of its own ports.
   *
   * @param database where it keeps what it knows
   * @param properties by key, as an operator would set them
   * @param keyFile whose tokens it trusts
   */
  record Settings(LocalDatabase database, Map<String, Object> properties, Path keyFile) {
    static Settings of(LocalDatabase database, Path keyFile) {
      Map<String, Object> properties = new LinkedHashMap<>();
      properties.put("datasources.default.url", database.jdbcUrl());
      properties.put("datasources.default.username", database.username());
      properties.put("datasources.default.password", database.password());
      properties.put("fourthpillar.auth.mode", "local");
      properties.put(TestService.KEY_FILE, keyFile.toString());
      properties.put("fourthpillar.drain.balancer-wait", "0s");
      properties.put("grpc.server.host", "127.0.0.1");
      properties.put("grpc.server.port", freePort());
      properties.put("micronaut.server.host", "127.0.0.1");
      properties.put("micronaut.server.port", freePort());
      return new Settings(database, properties, keyFile);
    }

    Settings with(String key, Object value) {
      Map<String, Object> more = new LinkedHashMap<>(properties);
      more.put(key, value);
      return new Settings(database, more, keyFile);
    }

    Settings without(String key) {
      Map<String, Object> fewer = new LinkedHashMap<>(properties);
      fewer.remove(key);
      return new Settings(database, fewer, keyFile);
    }

    SampleClient client() {
      return new SampleClient(
          (int) properties.get("grpc.server.port"),
          (int) properties.get("micronaut.server.port"),
          keyFile);
    }

    private static int freePort() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
