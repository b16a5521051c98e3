package dev.fourthpillar.usage.settle;

import dev.fourthpillar.usage.unit.UnitEvidence;
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
   * their ids and stored their evidence. A unit that was merged into an older one is among them: it
   * ends VOID, and what it has charged is taken back.
   *
   * @param changed units that were there before; their evidence is read again, see {@code
   *     UnitEvidenceRepository}
   * @param opened units that this transaction has made, with all that is known of them
   * @param now when the evidence was received, in whole microseconds
   */
  void revalue(
      Handle handle, Collection<Long> changed, Collection<UnitEvidence> opened, Instant now);
}
