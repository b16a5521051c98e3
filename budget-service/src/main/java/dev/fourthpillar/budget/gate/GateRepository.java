package dev.fourthpillar.budget.gate;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The changes of collection gates. */
@Singleton
final class GateRepository {

  void insert(Handle handle, GateChange change) {
    handle
        .createUpdate(
            """
            insert into gate_change (country, version, since, open)
            values (:country, :version, :since, :open)
            on conflict do nothing
            """)
        .bind("country", change.country())
        .bind("version", change.version())
        .bind("since", change.since())
        .bind("open", change.open())
        .execute();
  }

  /** Whether the gate was open at that time; empty when nobody had changed it by then. */
  Optional<Boolean> openAt(Handle handle, String country, Instant time) {
    return handle
        .createQuery(
            """
            select open
            from gate_change
            where country = :country and since <= :time
            order by since desc, version desc
            limit 1
            """)
        .bind("country", country)
        .bind("time", time)
        .mapTo(Boolean.class)
        .findOne();
  }
}
