package dev.fourthpillar.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@PostgresTest(migrations = "classpath:db/kit")
class PostgresExtensionTest {

  @Test
  void migratedDatabase(TestDatabase database) throws SQLException {
    Sql.run(database.dataSource(), "INSERT INTO note (text) VALUES ('x')");
    assertThat(Sql.value(database.dataSource(), "SELECT current_user"))
        .isEqualTo("fourthpillar_test");
  }

  @Nested
  class Inside {
    @Test
    void sameDatabase(TestDatabase database) throws SQLException {
      assertThat(Sql.value(database.dataSource(), "SELECT count(*) >= 0 FROM note")).isEqualTo("t");
    }
  }
}
