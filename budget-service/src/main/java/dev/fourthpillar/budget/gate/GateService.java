package dev.fourthpillar.budget.gate;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Whether metering of persons is allowed in a country at a time. A listed country is closed until a
 * change opens it, so that a service that has heard nothing yet does not meter anybody.
 */
@Singleton
public final class GateService {
  private final GateRepository changes;
  private final Set<String> closedFromTheStart;

  GateService(GateRepository changes, GateConfig config) {
    this.changes = changes;
    this.closedFromTheStart = Set.copyOf(config.countries());
  }

  public void changed(Handle handle, GateChange change) {
    changes.insert(handle, change);
  }

  /** Judged at the time of the call, not at the time of the question. */
  public boolean isOpen(Handle handle, String country, Instant eventTime) {
    return changes
        .openAt(handle, country, eventTime)
        .orElseGet(() -> !closedFromTheStart.contains(country));
  }
}
