package dev.fourthpillar.backbone.feed.subscribe;

import dev.fourthpillar.backbone.feed.StoredEvent;
import java.util.Optional;
import java.util.Set;

/**
 * Who looks at the feed, and what of it they want.
 *
 * @param name for limits and logs
 * @param audience the bits of the caller's roles
 * @param engineer present when the caller may see events about this engineer
 * @param types only these; empty = all
 */
record Viewer(String name, int audience, Optional<String> engineer, Set<String> types) {
  boolean sees(StoredEvent event) {
    boolean allowed =
        (event.audience() & audience) != 0
            || (engineer.isPresent() && engineer.equals(event.owner()));
    return allowed && (types.isEmpty() || types.contains(event.type()) || event.mustUnderstand());
  }
}
