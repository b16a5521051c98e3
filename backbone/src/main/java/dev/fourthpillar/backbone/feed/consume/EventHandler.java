package dev.fourthpillar.backbone.feed.consume;

import dev.fourthpillar.events.v1.Event;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What a service makes of another's events. The effects are committed together with the cursor:
 * they happen once, although events may be delivered more than once.
 */
@FunctionalInterface
public interface EventHandler {
  /**
   * Applies events in their order. Everything goes through this handle; nothing outside the
   * database may be touched, for the transaction may be rolled back and repeated.
   *
   * @throws RuntimeException the events are delivered again, after a pause, until they are applied
   */
  void apply(Handle handle, List<Event> events);

  /**
   * Events that one transaction applies at most: what it locks should not depend on how many events
   * happen to come together. Default: a whole message.
   */
  default int atOnce() {
    return Integer.MAX_VALUE;
  }
}
