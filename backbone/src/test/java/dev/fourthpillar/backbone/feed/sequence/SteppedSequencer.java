package dev.fourthpillar.backbone.feed.sequence;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The product's sequencer, stopped between its steps wherever a test wants it to stop. */
public final class SteppedSequencer {
  private final Handle handle;
  private Optional<SequencerTick> tick = Optional.empty();

  public SteppedSequencer(Handle handle) {
    this.handle = handle;
  }

  /** Begins a tick; false when another sequencer is elected. */
  public boolean begin() {
    tick = SequencerTick.begin(handle);
    return tick.isPresent();
  }

  /** Begins a tick in the wrong belief that it was elected. */
  public void beginUnelected() {
    tick = Optional.of(SequencerTick.beginUnelected(handle));
  }

  public int move(int maxEvents) {
    return tick.orElseThrow().move(maxEvents).events();
  }

  public void commit() {
    tick.orElseThrow().commit();
    tick = Optional.empty();
  }

  /** Dies in mid-tick. */
  public void abandon() {
    handle.rollback();
    tick = Optional.empty();
  }

  public boolean inTick() {
    return tick.isPresent();
  }

  /** Whole ticks until nothing committed is left in the inbox. */
  public void drain(int maxEventsPerTick) {
    while (begin() && moveAndCommit(maxEventsPerTick) > 0) {
      // Each tick moves some.
    }
  }

  private int moveAndCommit(int maxEvents) {
    int moved = move(maxEvents);
    commit();
    return moved;
  }
}
