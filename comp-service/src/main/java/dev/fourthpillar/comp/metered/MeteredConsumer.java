package dev.fourthpillar.comp.metered;

import dev.fourthpillar.backbone.feed.peer.Peer;
import dev.fourthpillar.backbone.feed.peer.PeerEvents;
import dev.fourthpillar.events.v1.Event;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Keeps what the ledger charges and what is left, for people this service knows and for those it
 * does not know yet alike: a charge may arrive before the person.
 */
@Singleton
final class MeteredConsumer implements PeerEvents {
  private final MeteredRepository metered;

  MeteredConsumer(MeteredRepository metered) {
    this.metered = metered;
  }

  @Override
  public Peer peer() {
    return Peer.BUDGET;
  }

  @Override
  public String name() {
    return "metered";
  }

  @Override
  public Set<String> types() {
    return ChargeMapper.TYPES;
  }

  @Override
  public void apply(Handle handle, List<Event> events) {
    metered.add(
        handle, events.stream().flatMap(event -> ChargeMapper.charge(event).stream()).toList());
    metered.keep(
        handle, events.stream().flatMap(event -> ChargeMapper.balance(event).stream()).toList());
  }
}
