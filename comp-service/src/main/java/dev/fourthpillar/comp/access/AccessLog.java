package dev.fourthpillar.comp.access;

import dev.fourthpillar.backbone.caller.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Who read whose pay, what of it and when. An entry is written in the transaction that reads:
 * without it there is no answer.
 */
@Singleton
public final class AccessLog {

  /** What was read; the names are stored. */
  public enum What {
    PACKAGE,
    PACKAGES,
    STATEMENT,
    LEAVER_STATEMENT,
    EMPLOYER_COST
  }

  AccessLog() {}

  public void record(Handle handle, Caller caller, String engineer, What what, Instant now) {
    record(handle, caller, List.of(engineer), what, now);
  }

  /** An entry for each of the engineers. */
  public void record(
      Handle handle, Caller caller, Collection<String> engineers, What what, Instant now) {
    handle
        .createUpdate(
            """
            insert into access_log (accessed_at, caller, engineer, what)
            select cast(:accessed_at as timestamptz), :caller, engineer, :what
            from unnest(:engineers) as read (engineer)
            """)
        .bind("accessed_at", now)
        .bind("caller", caller.subject())
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .bind("what", what.name())
        .execute();
  }
}
