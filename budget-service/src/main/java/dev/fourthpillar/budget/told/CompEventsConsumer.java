package dev.fourthpillar.budget.told;

import dev.fourthpillar.backbone.feed.peer.Peer;
import dev.fourthpillar.backbone.feed.peer.PeerEvents;
import dev.fourthpillar.budget.fx.FxService;
import dev.fourthpillar.budget.period.PeriodService;
import dev.fourthpillar.budget.person.PersonService;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.EngineerLeft;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.FxRatePublished;
import dev.fourthpillar.events.v1.TokenBudgetEntitled;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Keeps what comp-service tells of people, entitlements and rates. What follows from it for
 * accounts is done right after by {@link PeriodService}, one person at a time: a thousand changes
 * must not hold a thousand accounts.
 */
@Singleton
final class CompEventsConsumer implements PeerEvents {
  private static final String CHANGED = EngineerChanged.getDescriptor().getFullName();
  private static final String LEFT = EngineerLeft.getDescriptor().getFullName();
  private static final String ENTITLED = TokenBudgetEntitled.getDescriptor().getFullName();
  private static final String RATE = FxRatePublished.getDescriptor().getFullName();

  private final PersonService people;
  private final PeriodService periods;
  private final FxService rates;

  CompEventsConsumer(PersonService people, PeriodService periods, FxService rates) {
    this.people = people;
    this.periods = periods;
    this.rates = rates;
  }

  @Override
  public Peer peer() {
    return Peer.COMP;
  }

  @Override
  public String name() {
    return "people-and-entitlements";
  }

  @Override
  public Set<String> types() {
    return Set.of(CHANGED, LEFT, ENTITLED, RATE);
  }

  @Override
  public void apply(Handle handle, List<Event> events) {
    Set<String> changed = new TreeSet<>();
    boolean rate = false;
    for (Event event : events) {
      String type = event.getType();
      if (type.equals(RATE)) {
        rate |= rates.publish(handle, ToldMapper.quote(event));
      } else if (type.equals(CHANGED)) {
        if (people.changed(handle, ToldMapper.person(event), ToldMapper.time(event))) {
          changed.add(event.getKey());
        }
      } else if (type.equals(LEFT)) {
        if (people.left(handle, event.getKey(), event.getVersion(), ToldMapper.lastDay(event))) {
          changed.add(event.getKey());
        }
      } else if (type.equals(ENTITLED)
          && periods.entitled(
              handle, event.getKey(), event.getVersion(), ToldMapper.payload(event))) {
        changed.add(event.getKey());
      }
    }
    // First: whoever opens a period holds it off before they lock the person.
    if (rate) {
      periods.somethingHasAValue(handle);
    }
    periods.due(handle, changed);
  }
}
