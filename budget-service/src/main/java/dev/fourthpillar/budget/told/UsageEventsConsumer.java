package dev.fourthpillar.budget.told;

import dev.fourthpillar.backbone.feed.peer.Peer;
import dev.fourthpillar.backbone.feed.peer.PeerEvents;
import dev.fourthpillar.budget.gate.GateService;
import dev.fourthpillar.budget.period.PeriodService;
import dev.fourthpillar.budget.pricing.PriceService;
import dev.fourthpillar.events.v1.CollectionGateChanged;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.PriceBookActivated;
import dev.fourthpillar.events.v1.PriceBookRows;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps what usage-service tells of price books and collection gates. */
@Singleton
final class UsageEventsConsumer implements PeerEvents {
  private static final String ROWS = PriceBookRows.getDescriptor().getFullName();
  private static final String ACTIVATED = PriceBookActivated.getDescriptor().getFullName();
  private static final String GATE = CollectionGateChanged.getDescriptor().getFullName();

  private final PriceService prices;
  private final GateService gates;
  private final PeriodService periods;

  UsageEventsConsumer(PriceService prices, GateService gates, PeriodService periods) {
    this.prices = prices;
    this.gates = gates;
    this.periods = periods;
  }

  @Override
  public Peer peer() {
    return Peer.USAGE;
  }

  @Override
  public String name() {
    return "prices-and-gates";
  }

  @Override
  public Set<String> types() {
    return Set.of(ROWS, ACTIVATED, GATE);
  }

  @Override
  public void apply(Handle handle, List<Event> events) {
    boolean price = false;
    for (Event event : events) {
      String type = event.getType();
      if (type.equals(ROWS)) {
        price |= prices.rows(handle, ToldMapper.chunk(event));
      } else if (type.equals(ACTIVATED)) {
        price |= prices.activated(handle, ToldMapper.activation(event));
      } else if (type.equals(GATE)) {
        gates.changed(handle, ToldMapper.gate(event));
      }
    }
    if (price) {
      periods.somethingHasAValue(handle);
    }
  }
}
