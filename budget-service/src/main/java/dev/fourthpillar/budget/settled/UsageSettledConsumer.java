package dev.fourthpillar.budget.settled;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.backbone.feed.peer.Peer;
import dev.fourthpillar.backbone.feed.peer.PeerEvents;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.UsageSettled;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Books what usage-service charges, in the transaction that moves the feed's cursor. */
@Singleton
final class UsageSettledConsumer implements PeerEvents {
  private static final String SETTLED = UsageSettled.getDescriptor().getFullName();

  private static final int EVENTS_AT_ONCE = 200;

  private final SettledService settled;

  UsageSettledConsumer(SettledService settled) {
    this.settled = settled;
  }

  @Override
  public Peer peer() {
    return Peer.USAGE;
  }

  @Override
  public String name() {
    return "settled-usage";
  }

  @Override
  public Set<String> types() {
    return Set.of(SETTLED);
  }

  /** One account, or seldom two, are locked for each of them. */
  @Override
  public int atOnce() {
    return EVENTS_AT_ONCE;
  }

  @Override
  public void apply(Handle handle, List<Event> events) {
    List<UsageBatch> batches = new ArrayList<>();
    for (Event event : events) {
      if (event.getType().equals(SETTLED)) {
        try {
          batches.add(UsageMapper.fromProto(event.getData().unpack(UsageSettled.class)));
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalArgumentException("event %s is none".formatted(event.getId()), e);
        }
      }
    }
    settled.apply(handle, batches);
  }
}
