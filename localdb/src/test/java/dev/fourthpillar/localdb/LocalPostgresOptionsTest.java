package dev.fourthpillar.localdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPostgresOptionsTest {

  private static final LocalPostgresOptions OPTIONS = LocalPostgresOptions.temporary();

  @Test
  void defaults() {
    assertThat(OPTIONS.storage()).isEqualTo(new Storage.Temporary());
    assertThat(OPTIONS.port()).isEqualTo(LocalPostgresOptions.ANY_FREE_PORT);
    assertThat(OPTIONS.startTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(OPTIONS.stopTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(OPTIONS.settings())
        .containsOnly(
            entry("max_connections", "100"),
            entry("max_prepared_transactions", "0"),
            entry("shared_buffers", "128MB"));
  }

  @Test
  void laterSettingWins() {
    assertThat(OPTIONS.withSetting("max_connections", "7").settings())
        .containsEntry("max_connections", "7");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void portIsChecked(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OPTIONS.withPort(port))
        .withMessageStartingWith("port: " + port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include_if_exists",
        "fsync",
        "synchronous_commit",
        "full_page_writes",
        "listen_addresses",
        "unix_socket_directories",
        "port",
        "password_encryption"
      })
  void fixedSettingsAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OPTIONS.withSetting(name, "off"))
        .withMessageContaining("a local server fixes it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FSYNC", "Fsync", "a b", "a=b", "a\nfsync"})
  void settingNamesAreChecked(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OPTIONS.withSetting(name, "1"))
        .withMessageContaining("expected: a lower-case PostgreSQL setting");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\nfsync = off", "\u00e9", "\0"})
  void settingValuesAreChecked(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OPTIONS.withSetting("work_mem", value))
        .withMessageContaining("printable ASCII");
  }

  @ParameterizedTest
  @CsvSource({"PT0.999S", "PT0S", "PT-5S", "PT10M0.001S"})
  void timeoutsAreChecked(Duration timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OPTIONS.withStartTimeout(timeout))
        .withMessageStartingWith("startTimeout: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OPTIONS.withStopTimeout(timeout))
        .withMessageStartingWith("stopTimeout: ");
  }
}
