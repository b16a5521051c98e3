package dev.fourthpillar.budget.plan;

import dev.fourthpillar.backbone.storage.RevisionStore;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/** The plans as the database has them; each replica reads them again only when one has changed. */
@Singleton
public final class PlansService {
  private final RevisionStore<PlanTable> table;

  PlansService(PlanRepository rows) {
    this.table =
        new RevisionStore<>(
            PlanTable.BUILT_IN, rows::revision, handle -> new PlanTable(rows.all(handle)));
  }

  /** The plans as the transaction sees them. */
  public PlanTable table(Handle handle) {
    return table.get(handle);
  }
}
