package dev.fourthpillar.backbone.feed.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.exceptions.ConfigurationException;
import org.junit.jupiter.api.Test;

/** Where the peers are. */
final class PeersConfigTest {

  @Test
  void aBareAddressIsResolvedByDnsWhateverTheDefaultIs() {
    var peers = new PeersConfig("budget-service:50051", "svc:///usage-service", null, null);

    assertThat(peers.target(Peer.BUDGET)).contains("dns:///budget-service:50051");
    assertThat(peers.target(Peer.USAGE)).contains("svc:///usage-service");
    assertThat(peers.target(Peer.COMP)).isEmpty();
    assertThat(new PeersConfig("", null, null, null).target(Peer.BUDGET)).isEmpty();
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> new PeersConfig(null, null, "comp-service", null))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "fourthpillar.peers.comp: comp-service (expected: host:port, or a gRPC target such as"
                + " dns:///budget-service:50051)");
  }
}
