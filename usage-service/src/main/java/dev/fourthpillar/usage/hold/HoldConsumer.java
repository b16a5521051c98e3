package dev.fourthpillar.usage.hold;

import dev.fourthpillar.backbone.feed.peer.Peer;
import dev.fourthpillar.backbone.feed.peer.PeerEvents;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.usage.booked.BookedHold;
import dev.fourthpillar.usage.booked.BookedHoldRepository;
import dev.fourthpillar.usage.due.DueRepository;
import dev.fourthpillar.usage.due.MatchDueRepository;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.intake.Intake;
import dev.fourthpillar.usage.settle.SettleConfig;
import dev.fourthpillar.usage.settle.ValuationService;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Takes holds as budget-service has booked them: what was booked is kept, each attempt is evidence
 * of a call, and calls that named the hold before it ended are looked at again.
 */
@Singleton
final class HoldConsumer implements PeerEvents {
  private final BookedHoldRepository holds;
  private final Intake intake;
  private final DueRepository due;
  private final MatchDueRepository matchDue;
  private final SettleConfig config;
  private final InstantSource clock;

  HoldConsumer(
      BookedHoldRepository holds,
      Intake intake,
      DueRepository due,
      MatchDueRepository matchDue,
      SettleConfig config,
      InstantSource clock) {
    this.holds = holds;
    this.intake = intake;
    this.due = due;
    this.matchDue = matchDue;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public Peer peer() {
    return Peer.BUDGET;
  }

  @Override
  public String name() {
    return "holds";
  }

  @Override
  public Set<String> types() {
    return Set.of(HoldMapper.HOLD_SETTLED);
  }

  @Override
  public void apply(Handle handle, List<Event> events) {
    Instant now = clock.instant();
    List<Evidence> evidence = new ArrayList<>();
    List<Long> again = new ArrayList<>();
    List<MatchDueRepository.Around> toMatch = new ArrayList<>();
    List<DueRepository.Reserved> reserved = new ArrayList<>();
    for (Event event : events) {
      HoldSettled settled = HoldMapper.settled(event);
      // An account that was overtaken books nothing, but the ids it knows are the call's all the
      // same: of the hold's accounts the latest is chosen where they differ.
      evidence.addAll(HoldEvidenceMapper.fromProto(settled, now));
      BookedHold hold = HoldMapper.booked(settled);
      reserved.add(new DueRepository.Reserved(hold.engineer(), hold.reserveTime()));
      if (holds.keep(handle, hold)) {
        toMatch.add(new MatchDueRepository.Around(hold.engineer(), hold.reserveTime()));
        again.addAll(holds.unitsNaming(handle, settled.getEngineer(), settled.getHoldId()));
      }
    }
    // One batch: the intake locks in an order that holds within a batch only.
    intake.accept(handle, evidence, now);
    due.add(handle, again, Collections.nCopies(again.size(), now));
    // Ids come first: what they do not join is looked at when they have had their time.
    matchDue.add(handle, toMatch, now.plus(config.unmatchedWait()));
    due.addWindowsAround(
        handle, reserved, ValuationService.HOLDS_BEFORE, ValuationService.HOLDS_AFTER, now);
  }
}
