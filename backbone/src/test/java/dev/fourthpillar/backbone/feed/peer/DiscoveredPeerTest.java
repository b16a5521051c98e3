package dev.fourthpillar.backbone.feed.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A peer whose pods the Kubernetes API tells is called by the name that its certificate has. */
class DiscoveredPeerTest {

  @Test
  void theAuthorityIsTheNameOfTheService() {
    NameResolverProvider micronauts = new LikeMicronauts();
    NameResolverRegistry.getDefaultRegistry().register(micronauts);
    try {
      ManagedChannel channel =
          PeerConsumers.channel(
              "svc:///fp-usage-headless",
              InsecureChannelCredentials.create(),
              Duration.ofMinutes(1),
              new SimpleMeterRegistry());
      assertThat(channel.authority()).isEqualTo("fp-usage-headless");
      channel.shutdownNow();
    } finally {
      NameResolverRegistry.getDefaultRegistry().deregister(micronauts);
    }
  }

  /** With the authority that Micronaut's resolver makes of a name. */
  private static final class LikeMicronauts extends NameResolverProvider {
    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
      return new NameResolver() {
        @Override
        public String getServiceAuthority() {
          return "//" + target.getPath();
        }

        @Override
        public void shutdown() {
          // Nothing is open.
        }
      };
    }

    @Override
    public String getDefaultScheme() {
      return "svc";
    }

    @Override
    protected boolean isAvailable() {
      return true;
    }

    @Override
    protected int priority() {
      return 0;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
      return Set.of(InetSocketAddress.class);
    }
  }
}
