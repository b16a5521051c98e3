package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.drain.OpenStreams;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** EventFeedService over this service's feed. Its events are named after the application. */
@Factory
final class SubscribeFactory {

  @Singleton
  EventFeedEndpoint eventFeed(
      Jdbi pool,
      FeedTail tail,
      OpenStreams openStreams,
      @Property(name = "micronaut.application.name") String application) {
    Subscriptions subscriptions = new Subscriptions(pool, tail);
    return new EventFeedEndpoint(
        subscriptions, new SubscriptionStreams(subscriptions, tail, application, openStreams));
  }
}
