package dev.fourthpillar.budget.plan;

import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/** The plans as the database has them; each replica reads them again only when one has changed. */
@Singleton
public final class PlansService {
  private final PlanRepository rows;
  private volatile Loaded loaded = new Loaded(0, PlanTable.BUILT_IN);

  PlansService(PlanRepository rows) {
    this.rows = rows;
  }

  private record Loaded(long revision, PlanTable table) {}

  /** The plans as the transaction sees them. */
  public PlanTable table(Handle handle) {
    long revision = rows.revision(handle);
    Loaded known = loaded;
    if (known.revision() == revision) {
      return known.table();
    }
    PlanTable table = new PlanTable(rows.all(handle));
    loaded = new Loaded(revision, table);
    return table;
  }
}
