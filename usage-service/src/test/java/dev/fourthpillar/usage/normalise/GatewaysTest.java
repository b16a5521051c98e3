package dev.fourthpillar.usage.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Claude Code says of the address it talks to. */
class GatewaysTest {
  @Test
  void anAddressIsKnownByItsSchemeHostAndPort() {
    Gateways gateways = new Gateways(List.of("https://gateway.example.com/anthropic"));

    assertThat(flags(gateways, "https://gateway.example.com"))
        .containsExactlyInAnyOrder(EvidenceFlag.CUSTOM_BASE_URL, EvidenceFlag.KNOWN_GATEWAY);
    assertThat(flags(gateways, "HTTPS://Gateway.Example.com:443/v1"))
        .contains(EvidenceFlag.KNOWN_GATEWAY);
    for (String other :
        List.of(
            "http://gateway.example.com",
            "https://gateway.example.com:8443",
            "https://example.com",
            "no address",
            "true")) {
      assertThat(flags(gateways, other)).as(other).containsExactly(EvidenceFlag.CUSTOM_BASE_URL);
    }
  }

  /** All that versions of today tell is that there is another address. */
  @Test
  void whatOnlySaysThatThereIsOneIsKnownWhereThatIsConfigured() {
    AnyValue yes = AnyValue.newBuilder().setBoolValue(true).build();
    AnyValue no = AnyValue.newBuilder().setBoolValue(false).build();
    Gateways any = new Gateways(List.of("any"));

    assertThat(flags(any, yes)).contains(EvidenceFlag.KNOWN_GATEWAY);
    assertThat(flags(any, no)).isEmpty();
    assertThat(flags(Gateways.NONE, yes)).containsExactly(EvidenceFlag.CUSTOM_BASE_URL);
    assertThat(flags(any, "https://elsewhere.example.com"))
        .containsExactly(EvidenceFlag.CUSTOM_BASE_URL);
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> new Gateways(List.of("gateway.example.com")))
        .hasMessageStartingWith("gateway.example.com (expected: ");
  }

  private static Set<EvidenceFlag> flags(Gateways gateways, String address) {
    return flags(gateways, LogFixture.text(address));
  }

  private static Set<EvidenceFlag> flags(Gateways gateways, AnyValue said) {
    return Captures.read(
            LogFixture.claude("req_1").with("anthropic.custom_base_url", said).export(),
            new Reception(
                Captures.RECEIVED_AT,
                Optional.empty(),
                Optional.empty(),
                Duration.ofDays(35),
                gateways))
        .counted()
        .getFirst()
        .flags();
  }
}
