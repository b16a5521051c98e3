package dev.fourthpillar.usage.identity;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.peer.Peer;
import dev.fourthpillar.backbone.feed.peer.PeerEvents;
import dev.fourthpillar.events.v1.Event;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps people as comp-service tells of them. */
@Singleton
final class PeopleConsumer implements PeerEvents {
  private final IdentityService identities;

  PeopleConsumer(IdentityService identities) {
    this.identities = identities;
  }

  @Override
  public Peer peer() {
    return Peer.COMP;
  }

  @Override
  public String name() {
    return "people";
  }

  @Override
  public Set<String> types() {
    return Set.of(IdentityMapper.ENGINEER_CHANGED);
  }

  @Override
  public void apply(Handle handle, List<Event> events) {
    for (Event event : events) {
      identities.changed(
          handle, IdentityMapper.person(event), TimestampMapper.fromProto(event.getTime()));
    }
  }
}
