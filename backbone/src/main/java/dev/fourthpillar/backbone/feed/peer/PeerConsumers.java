package dev.fourthpillar.backbone.feed.peer;

import dev.fourthpillar.backbone.feed.consume.ConsumerId;
import dev.fourthpillar.backbone.feed.consume.FeedConsumer;
import dev.fourthpillar.backbone.feed.consume.GrpcFeedSource;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;

/** The running consumers of one replica, and their connections: one for each peer. */
final class PeerConsumers implements AutoCloseable {
  /** Streams spread over the replicas of a peer; by default all would go to the first. */
  private static final String BALANCING = "round_robin";

  /** Before the name of a Service whose pods the Kubernetes API tells. */
  private static final String DISCOVERED = "svc:///";

  private final List<FeedConsumer> consumers;
  private final List<ManagedChannel> channels;

  PeerConsumers(List<FeedConsumer> consumers, List<ManagedChannel> channels) {
    this.consumers = List.copyOf(consumers);
    this.channels = List.copyOf(channels);
  }

  static PeerConsumers start(
      List<PeerEvents> wanted,
      PeersConfig peers,
      ChannelCredentials encryption,
      CallCredentials credentials,
      Jdbi jdbi,
      MeterRegistry metrics,
      Tracer tracer) {
    String replica = peers.replica();
    Map<Peer, ManagedChannel> channels = new EnumMap<>(Peer.class);
    List<FeedConsumer> consumers = new ArrayList<>();
    for (PeerEvents events : wanted) {
      Peer peer = events.peer();
      peers
          .target(peer)
          .ifPresent(
              target -> {
                ManagedChannel channel =
                    channels.computeIfAbsent(
                        peer, _ -> channel(target, encryption, peers.keepaliveTime(), metrics));
                consumers.add(
                    counted(
                        events,
                        metrics,
                        new FeedConsumer(
                            new ConsumerId(peer.source(), events.name()),
                            jdbi,
                            new GrpcFeedSource(channel, credentials),
                            events.types(),
                            replica,
                            events,
                            tracer)));
              });
    }
    consumers.forEach(FeedConsumer::start);
    return new PeerConsumers(consumers, List.copyOf(channels.values()));
  }

  static ManagedChannel channel(
      String target, ChannelCredentials encryption, Duration keepalive, MeterRegistry metrics) {
    ManagedChannelBuilder<?> channel =
        Grpc.newChannelBuilder(target, encryption)
            .defaultLoadBalancingPolicy(BALANCING)
            .keepAliveTime(keepalive.toSeconds(), TimeUnit.SECONDS)
            .intercept(new MetricCollectingClientInterceptor(metrics));
    if (target.startsWith(DISCOVERED)) {
      // Micronaut's resolver makes an authority of it that no certificate can name.
      channel.overrideAuthority(target.substring(DISCOVERED.length()));
    }
    return channel.build();
  }

  private static FeedConsumer counted(
      PeerEvents events, MeterRegistry metrics, FeedConsumer consumer) {
    FunctionCounter.builder("fourthpillar.feed.consumed", consumer, FeedConsumer::applied)
        .description("Events of a peer whose effects this replica has committed")
        .tag("source", events.peer().source())
        .tag("consumer", events.name())
        .register(metrics);
    FunctionCounter.builder("fourthpillar.feed.consumer.failures", consumer, FeedConsumer::failures)
        .description("Times this replica had to begin a consumption again after an error")
        .tag("source", events.peer().source())
        .tag("consumer", events.name())
        .register(metrics);
    Gauge.builder("fourthpillar.feed.consumer.behind", consumer, PeerConsumers::secondsBehind)
        .description("Seconds since a peer's feed was applied here up to its head; -1 = not yet")
        .baseUnit("seconds")
        .tag("source", events.peer().source())
        .tag("consumer", events.name())
        .register(metrics);
    return consumer;
  }

  /** Up to the interval of checkpoints, 10 s, where nothing is left to do; -1 = not known yet. */
  private static long secondsBehind(FeedConsumer consumer) {
    return consumer
        .completeUntil()
        .map(time -> Math.max(0, Duration.between(time, Instant.now()).toSeconds()))
        .orElse(-1L);
  }

  @Override
  public void close() {
    consumers.forEach(FeedConsumer::close);
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
