package dev.fourthpillar.backbone.feed.sequence;

import org.jdbi.v3.core.Handle;

/** The product's sequencer, stopped between its steps wherever a test wants it to stop. */
public final class SteppedSequencer {
  private final Handle handle;

  public SteppedSequencer(Handle handle) {
    this.handle = handle;
  }

  /** Begins a tick; false when another sequencer is elected. */
  public boolean begin() {
    handle.begin();
    boolean elected = SequencerTick.elected(handle);
    if (!elected) {
      handle.rollback();
    }
    return elected;
  }

  /** Begins a tick in the wrong belief that it was elected. */
  public void beginUnelected() {
    handle.begin();
  }

  public int move(int maxEvents) {
    return SequencerTick.move(handle, maxEvents).events();
  }

  public void commit() {
    handle.commit();
  }

  /** Dies in mid-tick. */
  public void abandon() {
    handle.rollback();
  }

  public boolean inTick() {
    return handle.isInTransaction();
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
