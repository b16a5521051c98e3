package dev.fourthpillar.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suite's directory. */
final class SuiteHomeTest {
  @TempDir private Path parent;

  @Test
  void passwordsAreMadeOnceAndReadableByTheOwnerOnly() throws IOException {
    String password;
    try (SuiteHome home = SuiteHome.open(parent.resolve("data"))) {
      password = home.databasePassword(SuiteService.BUDGET);
      assertThat(password).hasSize(48);
      assertThat(home.databasePassword(SuiteService.USAGE)).isNotEqualTo(password);
    }
    try (SuiteHome again = SuiteHome.open(parent.resolve("data"))) {
      assertThat(again.databasePassword(SuiteService.BUDGET)).isEqualTo(password);
    }
    assertThat(permissions("data")).isEqualTo("rwx------");
    assertThat(permissions("data/databases.properties")).isEqualTo("rw-------");
  }

  @Test
  void oneSuiteAtATime() {
    try (SuiteHome home = SuiteHome.open(parent.resolve("data"))) {
      assertThatThrownBy(() -> SuiteHome.open(parent.resolve("data")))
          .isInstanceOf(SuiteException.class)
          .hasMessageContaining("in use");
      assertThat(home.directory().running()).isEmpty();
    }
    SuiteHome.open(parent.resolve("data")).close();
  }

  @Test
  void whereItListensIsToldForAsLongAsItRuns() {
    SuiteDirectory directory;
    try (SuiteHome home = SuiteHome.open(parent.resolve("data"))) {
      directory = home.directory();
      home.publish(Ports.usual());
      assertThat(directory.running()).contains(Ports.usual());
    }
    assertThat(directory.running()).isEmpty();
  }

  @Test
  void itsUsualPlaceIsTheStateDirectoryOfTheUser() {
    assertThat(SuiteDirectory.usual(Optional.of("/var/state")).root())
        .isEqualTo(Path.of("/var/state/fourth-pillar"));
    assertThat(SuiteDirectory.usual(Optional.empty()).root())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".fourth-pillar"));
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(parent.resolve(file)));
  }
}
