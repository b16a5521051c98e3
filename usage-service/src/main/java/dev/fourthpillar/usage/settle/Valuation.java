package dev.fourthpillar.usage.settle;

import java.time.Instant;
import java.util.Collection;
import org.jdbi.v3.core.Handle;

/** What units are worth, and who is charged. */
public interface Valuation {

  /**
   * Brings what is charged into line with what is known: attribution, price, state, settlements and
   * rollups of each of these units, from its evidence.
   *
   * <p>Runs in the caller's transaction. The caller has locked the units' rows in the order of
   * their ids and stored their evidence; see {@code UnitEvidenceRepository}. A unit that was merged
   * into an older one is among them: it ends VOID, and what it has charged is taken back. A unit
   * that is new has the state WAITING, which no rollup has counted yet: its revision is 0.
   *
   * @param now when the evidence was received
   */
  void revalue(Handle handle, Collection<Long> units, Instant now);
}
