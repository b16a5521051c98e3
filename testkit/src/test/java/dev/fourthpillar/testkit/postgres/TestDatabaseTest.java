package dev.fourthpillar.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestDatabaseTest {

  private static final String KIT = "classpath:db/kit";

  /** A copy takes tens of milliseconds; the bound is for a busy machine. */
  private static final Duration LONGEST_COPY = Duration.ofSeconds(5);

  @Test
  void copiesOfOneTemplateAreIsolatedAndCheap() throws SQLException {
    try (TestDatabase first = TestDatabase.create(KIT)) {
      Sql.run(first.dataSource(), "INSERT INTO note (text) VALUES ('first')");
      long startNanos = System.nanoTime();
      try (TestDatabase second = TestDatabase.create(KIT)) {
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(LONGEST_COPY);
        assertThat(Sql.value(second.dataSource(), "SELECT count(*) FROM note")).isEqualTo("0");
        assertThat(second.server()).isSameAs(first.server());
        // Migrated once: both carry the template's history, to the microsecond.
        String history = "SELECT min(installed_on)::text FROM flyway_schema_history";
        assertThat(Sql.value(second.dataSource(), history))
            .isEqualTo(Sql.value(first.dataSource(), history));
      }
    }
  }

  @Test
  void closeDropsItAndItsOthersInSpiteOfOpenConnections() throws SQLException {
    TestDatabase witness = TestDatabase.create();
    TestDatabase database = TestDatabase.create(KIT);
    TestDatabase sameTables = database.another();
    TestDatabase empty = database.anotherEmpty();
    assertThat(Sql.value(sameTables.dataSource(), "SELECT count(*) FROM note")).isEqualTo("0");
    assertThat(Sql.value(empty.dataSource(), "SELECT to_regclass('note')")).isNull();
    try (Connection leaked = sameTables.dataSource().getConnection()) {
      database.close();
      assertThat(leaked.isValid(1)).isFalse();
    }
    assertThat(
            Sql.value(
                witness.adminDataSource(),
                "SELECT count(*) FROM pg_database WHERE datname IN ('%s', '%s', '%s')"
                    .formatted(database.name(), sameTables.name(), empty.name())))
        .isEqualTo("0");
    database.close();
    witness.close();
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "synchronous_commit, on",
    "full_page_writes, on",
    "max_prepared_transactions, 20",
    "max_connections, 200"
  })
  void serverRunsWith(String setting, String value) throws SQLException {
    try (TestDatabase database = TestDatabase.create()) {
      assertThat(Sql.value(database.dataSource(), "SHOW " + setting)).isEqualTo(value);
    }
  }

  @Test
  void missingMigrationsAreNotAnEmptyDatabase() {
    assertThatThrownBy(() -> TestDatabase.create("classpath:db/nowhere"))
        .hasMessageContaining("db/nowhere");
  }

  @Test
  void committedWorkSurvivesCrash() throws SQLException {
    try (TestDatabase database = TestDatabase.create(KIT)) {
      Assumptions.assumeTrue(database.server().supportsCrash());
      Sql.run(database.dataSource(), "INSERT INTO note (text) VALUES ('kept')");

      database.server().kill9();
      assertThatThrownBy(() -> Sql.value(database.dataSource(), "SELECT 1"))
          .isInstanceOf(SQLException.class);
      database.server().restart();

      assertThat(Sql.value(database.dataSource(), "SELECT text FROM note")).isEqualTo("kept");
    }
  }

  @Test
  void closedServerIsReplacedOnNextUse() throws SQLException {
    SharedServer before = SharedServer.get();
    TestDatabase orphan = TestDatabase.create(KIT);
    before.close();
    orphan.close();
    try (TestDatabase database = TestDatabase.create(KIT)) {
      assertThat(Sql.value(database.dataSource(), "SELECT count(*) FROM note")).isEqualTo("0");
      assertThat(SharedServer.get()).isNotSameAs(before);
    }
  }
}
