package dev.fourthpillar.budget.checkpoint;

import dev.fourthpillar.backbone.config.Check;
import dev.fourthpillar.proof.Signer;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the ledger is signed ({@code fourthpillar.checkpoint.*}).
 *
 * @param keyFile a PEM file with an Ed25519 private key and its public key; {@code none}: nothing
 *     is signed. There is no key by default, for a key that everybody has proves nothing
 * @param interval between two looks whether a day is over
 */
@ConfigurationProperties(CheckpointConfig.PREFIX)
record CheckpointConfig(
    @Bindable(defaultValue = CheckpointConfig.NONE) String keyFile,
    @Bindable(defaultValue = "1m") Duration interval) {
  static final String PREFIX = "fourthpillar.checkpoint";
  static final String NONE = "none";

  CheckpointConfig {
    Check check = new Check(PREFIX);
    check.between("interval", interval, Duration.ofMillis(50), Duration.ofHours(1));
    if (!keyFile.equals(NONE)) {
      try {
        var _ = Signer.read(Path.of(keyFile));
      } catch (IOException e) {
        check.that("key-file", false, keyFile, Signer.FORM + "; it cannot be read");
      } catch (IllegalArgumentException e) {
        check.that("key-file", false, keyFile, Signer.FORM + "; " + e.getMessage());
      }
    }
  }

  /** Empty when nothing is signed. */
  Optional<Signer> signer() {
    if (keyFile.equals(NONE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Signer.read(Path.of(keyFile)));
    } catch (IOException e) {
      throw new IllegalStateException(keyFile + " was there when the service started", e);
    }
  }
}
