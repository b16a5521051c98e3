package dev.fourthpillar.backbone.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a request said, as it is kept. */
final class FingerprintTest {
  /** {@code printf '00ffamount.units\000100' | sha256sum | cut -c1-24}. */
  @Test
  void aDigestIsMadeInTheSameWayForEver() {
    assertThat(Fingerprint.of("00ff", Map.of("amount.units", "100".getBytes(UTF_8))).digests())
        .containsExactly(Map.entry("amount.units", "b8ba9c68b160afc5e3b8b79e"));
  }
}
