package dev.fourthpillar.usage.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is reported is known again by its fingerprint, which is kept. */
final class FingerprintTest {
  /** {@code printf '\0\0\0\2ab\0\0\0\1c\0\0\0\7größe' | sha256sum | cut -c1-32}, in UTF-8. */
  @Test
  void itIsMadeInTheSameWayForEver() {
    assertThat(Fingerprint.of(List.of("ab", "c", "größe")))
        .isEqualTo(new Fingerprint(0x50a1ed31fdbba02eL, 0x6a5d34fad06effdcL));
  }

  @Test
  void whereAFieldEndsCounts() {
    assertThat(Fingerprint.of(List.of("ab", "c"))).isNotEqualTo(Fingerprint.of(List.of("a", "bc")));
  }
}
