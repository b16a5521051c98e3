package dev.fourthpillar.comp.access;

import dev.fourthpillar.backbone.caller.Caller;
import jakarta.inject.Singleton;
import java.time.Instant;
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
    handle
        .createUpdate(
            """
            insert into access_log (accessed_at, caller, engineer, what)
            values (:accessed_at, :caller, :engineer, :what)
            """)
        .bind("accessed_at", now)
        .bind("caller", caller.subject())
        .bind("engineer", engineer)
        .bind("what", what.name())
        .execute();
  }
}
