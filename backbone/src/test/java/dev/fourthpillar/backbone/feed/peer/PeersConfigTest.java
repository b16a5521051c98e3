package dev.fourthpillar.backbone.feed.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.exceptions.ConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where the peers are. */
final class PeersConfigTest {
  private static final Duration KEEPALIVE = Duration.ofSeconds(45);

  @Test
  void aBareAddressIsResolvedByDnsWhateverTheDefaultIs() {
    var peers =
        new PeersConfig(
            "budget-service:50051", "svc:///usage-service", null, null, null, KEEPALIVE);

    assertThat(peers.target(Peer.BUDGET)).contains("dns:///budget-service:50051");
    assertThat(peers.target(Peer.USAGE)).contains("svc:///usage-service");
    assertThat(peers.target(Peer.COMP)).isEmpty();
    assertThat(new PeersConfig("", null, null, null, null, KEEPALIVE).target(Peer.BUDGET))
        .isEmpty();
  }

  @Test
  void aReplicaHasTheNameThatIsSetOrAnotherEachTime() {
    assertThat(named("budget-0").replica()).isEqualTo("budget-0");
    assertThat(named(null).replica()).isNotEqualTo(named(null).replica()).doesNotContain("/");
    assertThatThrownBy(() -> named("a/b"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("fourthpillar.peers.replica-id: a/b (expected: 1 to 63 letters");
  }

  private static PeersConfig named(@Nullable String replica) {
    return new PeersConfig(null, null, null, null, replica, KEEPALIVE);
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> new PeersConfig(null, null, "comp-service", null, null, KEEPALIVE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "fourthpillar.peers.comp: comp-service (expected: host:port, or a gRPC target such as"
                + " dns:///budget-service:50051)");
  }
}
