package dev.fourthpillar.backbone.drain;

import dev.fourthpillar.backbone.health.ServiceHealth;
import io.grpc.Server;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.grpc.server.GrpcEmbeddedServer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes this replica out of service without a caller noticing. Runs once, when the application
 * context closes, before anything else is closed.
 *
 * <ol>
 *   <li>Health says NOT_SERVING, over gRPC and HTTP. Calls are served on.
 *   <li>Load balancers get the time to notice. Calls are served on.
 *   <li>Long streams end with their cursor and DRAINING; new ones are refused the same way.
 *   <li>The server takes no new calls (GOAWAY) and waits for those under way.
 *   <li>What is left after the wait is cut.
 * </ol>
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Drain implements ApplicationEventListener<ShutdownEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

  /** After a cut, for the server to notice. */
  private static final Duration CUT_WAIT = Duration.ofSeconds(1);

  private final ServiceHealth health;
  private final OpenStreams streams;
  private final DrainConfig config;
  private final GrpcEmbeddedServer server;
  private final AtomicBoolean begun = new AtomicBoolean();

  Drain(ServiceHealth health, OpenStreams streams, DrainConfig config, GrpcEmbeddedServer server) {
    this.health = health;
    this.streams = streams;
    this.config = config;
    this.server = server;
  }

  @Override
  public void onApplicationEvent(ShutdownEvent event) {
    if (server.isRunning() && begun.compareAndSet(false, true)) {
      drain();
    }
  }

  private void drain() {
    try {
      LOG.info("drain 1/5: NOT_SERVING");
      health.drain();
      LOG.info("drain 2/5: waiting {} for load balancers", config.balancerWait());
      Thread.sleep(config.balancerWait());
      LOG.info("drain 3/5: ending {} streams with their cursors", streams.count());
      streams.endAll(config.streamsWait());
      LOG.info("drain 4/5: waiting {} for calls under way", config.gracefulWait());
      if (!terminated(server.getServer().shutdown(), config.gracefulWait())) {
        LOG.warn("drain 5/5: cutting what is left");
        terminated(server.getServer().shutdownNow(), CUT_WAIT);
      }
      LOG.info("drained");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      server.getServer().shutdownNow();
    }
  }

  private static boolean terminated(Server server, Duration wait) throws InterruptedException {
    return server.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS);
  }
}
