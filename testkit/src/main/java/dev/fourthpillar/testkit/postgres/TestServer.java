package dev.fourthpillar.testkit.postgres;

import dev.fourthpillar.localdb.LocalDatabase;

/**
 * The PostgreSQL server of this JVM. It is shared: whoever kills it kills it for every test that
 * runs at the same time.
 */
public sealed interface TestServer extends AutoCloseable permits EmbeddedServer, ContainerServer {

  /** The superuser's way into one of its databases. */
  LocalDatabase superuser(String database);

  /** Whether {@link #kill9} and {@link #restart} work on this engine. */
  boolean supportsCrash();

  /** Kills the server with SIGKILL, as a power cut would; returns when it is gone. */
  void kill9();

  /** Starts it again on the same port and data. */
  void restart();

  @Override
  void close();
}
