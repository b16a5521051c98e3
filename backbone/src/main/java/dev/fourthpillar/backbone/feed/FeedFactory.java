package dev.fourthpillar.backbone.feed;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fourthpillar.backbone.feed.sequence.Sequencer;
import dev.fourthpillar.backbone.feed.subscribe.FeedTail;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed of a service: its writer, its sequencer, its tail. */
@Factory
final class FeedFactory {
  private static final Logger LOG = LoggerFactory.getLogger(FeedFactory.class);

  /** Longer than any statement that these connections make, shorter than anybody's patience. */
  private static final int SOCKET_TIMEOUT_SECONDS = 20;

  private static final int CONNECT_TIMEOUT_SECONDS = 5;

  @Singleton
  @Named("feed")
  Wake sequencerWake() {
    return new Wake();
  }

  @Singleton
  FeedWriter writer(@Named("feed") Wake wake) {
    return new FeedWriter(UuidCreator::getTimeOrderedEpoch, FeedFactory::traceparent, wake::ring);
  }

  /** Connections outside the pool: a pool that is used up must not delay events. */
  @Singleton
  @Named("feed")
  Jdbi dedicated(
      @Property(name = "datasources.default.url") String url,
      @Property(name = "datasources.default.username") String username,
      @Property(name = "datasources.default.password") String password) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(username);
    dataSource.setPassword(password);
    dataSource.setApplicationName("feed");
    dataSource.setTcpKeepAlive(true);
    dataSource.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
    dataSource.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
    return JdbiSettings.apply(Jdbi.create(dataSource));
  }

  @Context
  @Bean(preDestroy = "close")
  Sequencer sequencer(
      @Named("feed") Jdbi dedicated,
      @Named("feed") Wake wake,
      FeedConfig config,
      MeterRegistry metrics) {
    ensureFeed(dedicated, config);
    Sequencer sequencer = new Sequencer(dedicated, config, wake, UuidCreator::getTimeOrderedEpoch);
    FunctionCounter.builder("fourthpillar.feed.sequenced", sequencer, Sequencer::sequenced)
        .description("Events given a position by this replica")
        .register(metrics);
    FunctionCounter.builder("fourthpillar.feed.coalesced", sequencer, Sequencer::coalesced)
        .description("Events that a later one of their key replaced before delivery")
        .register(metrics);
    FunctionCounter.builder("fourthpillar.feed.sequencer.failures", sequencer, Sequencer::failures)
        .description("Ticks of the sequencer that ended in an error")
        .register(metrics);
    return sequencer.start();
  }

  /**
   * A wrong number of partitions ends the start here. A database that is away does not: the service
   * is not ready then, and the sequencer makes the feed when it can.
   */
  private static void ensureFeed(Jdbi dedicated, FeedConfig config) {
    try {
      FeedSetup.ensure(dedicated, config.partitions(), UuidCreator::getTimeOrderedEpoch);
    } catch (JdbiException e) {
      LOG.warn("the feed could not be looked at; the sequencer tries on: {}", e.getMessage());
    }
  }

  /** After the sequencer, which makes the feed it follows. */
  @Singleton
  @Bean(preDestroy = "close")
  FeedTail tail(Sequencer sequencer, @Named("feed") Jdbi dedicated) {
    return new FeedTail(dedicated).start();
  }

  private static String traceparent() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid()
        ? "00-%s-%s-%s".formatted(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex())
        : "";
  }
}
