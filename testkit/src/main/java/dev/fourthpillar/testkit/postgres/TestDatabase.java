package dev.fourthpillar.testkit.postgres;

import dev.fourthpillar.localdb.LocalDatabase;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A fresh, migrated database on this JVM's server, dropped on close.
 *
 * <p>In a test class, have one injected with {@link PostgresTest}; elsewhere, {@link #create}.
 */
public final class TestDatabase implements AutoCloseable {

  private final SharedServer shared;
  private final List<String> migrations;
  private final String name;
  private final List<TestDatabase> others = new ArrayList<>();

  private TestDatabase(SharedServer shared, List<String> migrations) {
    this.shared = shared;
    this.migrations = migrations;
    this.name = shared.create(migrations);
  }

  /**
   * @param migrationLocations Flyway locations such as {@code classpath:db/feed}; none gives an
   *     empty database. The first database of a set pays for its migrations, the next ones are
   *     copies.
   */
  public static TestDatabase create(String... migrationLocations) {
    return new TestDatabase(SharedServer.get(), List.of(migrationLocations));
  }

  public String name() {
    return name;
  }

  public String jdbcUrl() {
    return admin().jdbcUrl();
  }

  /** The owner of the database; no superuser. */
  public String username() {
    return SharedServer.ROLE;
  }

  public String password() {
    return SharedServer.PASSWORD;
  }

  /** Unpooled, as the owner. */
  public DataSource dataSource() {
    return new LocalDatabase(jdbcUrl(), username(), password()).dataSource();
  }

  /** Unpooled, as superuser. */
  public DataSource adminDataSource() {
    return admin().dataSource();
  }

  /** One more database with the same migrations, closed with this one at the latest. */
  public TestDatabase another() {
    return remember(new TestDatabase(shared, migrations));
  }

  /** One more database with nothing in it, to restore into; closed with this one at the latest. */
  public TestDatabase anotherEmpty() {
    return remember(new TestDatabase(shared, List.of()));
  }

  public TestServer server() {
    return shared.server();
  }

  @Override
  public synchronized void close() {
    others.forEach(TestDatabase::close);
    others.clear();
    shared.drop(name);
  }

  private synchronized TestDatabase remember(TestDatabase other) {
    others.add(other);
    return other;
  }

  private LocalDatabase admin() {
    return shared.server().superuser(name);
  }

  @Override
  public String toString() {
    return "TestDatabase[" + name + "]";
  }
}
