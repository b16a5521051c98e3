package dev.fourthpillar.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

@PostgresTest(migrations = "classpath:db/kit")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresExtensionTest {

  private static String name;

  @Test
  @Order(1)
  void databaseIsMigratedAndOwnedByPlainRole(TestDatabase database) throws SQLException {
    name = database.name();
    Sql.run(database.dataSource(), "INSERT INTO note (text) VALUES ('x')");
    assertThat(Sql.value(database.dataSource(), "SELECT current_user"))
        .isEqualTo(database.username());
    assertThat(
            Sql.value(
                database.dataSource(),
                "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("f");
    assertThat(Sql.value(database.adminDataSource(), "SHOW is_superuser")).isEqualTo("on");
  }

  @Test
  @Order(2)
  void testsOfOneClassShareIt(TestDatabase database) throws SQLException {
    assertThat(database.name()).isEqualTo(name);
    assertThat(Sql.value(database.dataSource(), "SELECT count(*) FROM note")).isEqualTo("1");
  }

  @Nested
  class Inside {
    @Test
    void nestedClassSharesItToo(TestDatabase database) {
      assertThat(database.name()).isEqualTo(name);
    }
  }

  @Nested
  @PostgresTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class InsideWithItsOwn {
    private final TestDatabase injected;

    InsideWithItsOwn(TestDatabase injected) {
      this.injected = injected;
    }

    @Test
    void isEmptyAndAnother(TestDatabase database) throws SQLException {
      assertThat(database).isSameAs(injected);
      assertThat(database.name()).isNotEqualTo(name);
      assertThat(Sql.value(database.dataSource(), "SELECT to_regclass('note')")).isNull();
    }
  }
}
