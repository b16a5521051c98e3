package dev.fourthpillar.backbone.feed.peer;

import dev.fourthpillar.backbone.feed.consume.EventHandler;
import java.util.Set;

/**
 * What this service makes of another one's events. Every bean of this type is consumed while the
 * service runs, exactly once in effect, where the peer's address is configured.
 */
public interface PeerEvents extends EventHandler {
  /** Whose events. */
  Peer peer();

  /** What for, for example {@code metered-charges}; names the cursors, so it never changes. */
  String name();

  /** The full names of the payloads it wants; empty = all that it may see. */
  Set<String> types();
}
