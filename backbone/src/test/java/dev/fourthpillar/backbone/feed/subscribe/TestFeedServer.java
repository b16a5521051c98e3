package dev.fourthpillar.backbone.feed.subscribe;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.feed.FeedConfig;
import dev.fourthpillar.backbone.feed.FeedSetup;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.Wake;
import dev.fourthpillar.backbone.feed.sequence.Sequencer;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** A service that has nothing but a feed, over real gRPC; every caller is another service. */
public final class TestFeedServer implements AutoCloseable {
  private final Jdbi jdbi;
  private final Sequencer sequencer;
  private final FeedTail tail;
  private final Server server;
  private final ManagedChannel channel;
  private final FeedWriter writer;

  public TestFeedServer(DataSource dataSource, int partitions) throws IOException {
    jdbi = JdbiSettings.apply(Jdbi.create(dataSource));
    FeedSetup.ensure(jdbi, partitions, UuidCreator::getTimeOrderedEpoch);
    Wake wake = new Wake();
    writer = new FeedWriter(UuidCreator::getTimeOrderedEpoch, () -> "", wake::ring);
    sequencer =
        new Sequencer(
                jdbi,
                FeedConfig.defaults().withPartitions(partitions),
                wake,
                UuidCreator::getTimeOrderedEpoch)
            .start();
    tail = new FeedTail(jdbi).start();
    Subscriptions subscriptions = new Subscriptions(jdbi, tail);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .intercept(new AsService())
            .addService(
                new EventFeedEndpoint(
                    subscriptions,
                    new SubscriptionStreams(subscriptions, tail, "test", new OpenStreams())))
            .build()
            .start();
    channel =
        NettyChannelBuilder.forAddress(server.getListenSockets().getFirst()).usePlaintext().build();
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public FeedWriter writer() {
    return writer;
  }

  public ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    tail.close();
    sequencer.close();
  }

  private static final class AsService implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Caller service = new Caller("test-service", Optional.empty(), Set.of(Role.SERVICE));
      return Contexts.interceptCall(Callers.contextOf(service), call, headers, next);
    }
  }
}
