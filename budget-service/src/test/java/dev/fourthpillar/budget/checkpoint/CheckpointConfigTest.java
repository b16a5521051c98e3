package dev.fourthpillar.budget.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.proof.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that is none ends the start; no key is no key. */
final class CheckpointConfigTest {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  @Test
  void thereIsNoDefaultKey() {
    assertThat(new CheckpointConfig("none", INTERVAL).signer()).isEmpty();
  }

  @Test
  void aFileThatIsNoKeyIsRefusedWithWhatWasExpected(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("missing.pem");
    assertThatThrownBy(() -> new CheckpointConfig(missing.toString(), INTERVAL))
        .hasMessageStartingWith("fourthpillar.checkpoint.key-file: " + missing)
        .hasMessageContaining("cannot be read");

    Path half = folder.resolve("half.pem");
    Signer.create(half);
    Files.writeString(half, Files.readString(half).replaceAll("(?s)-----BEGIN PUBLIC.*", ""));
    assertThatThrownBy(() -> new CheckpointConfig(half.toString(), INTERVAL))
        .hasMessageContaining("expected: " + Signer.FORM)
        .hasMessageContaining("no Ed25519 public key in it");
  }
}
