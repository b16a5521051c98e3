package dev.fourthpillar.backbone.storage;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;

/** What every Jdbi of a service has in common: PostgreSQL's types, and failures without data. */
public final class JdbiSettings {
  private JdbiSettings() {}

  public static Jdbi apply(Jdbi jdbi) {
    return jdbi.installPlugin(new PostgresPlugin())
        // By default the message of a failed statement quotes the values it was executed with.
        .configure(
            StatementExceptions.class,
            exceptions -> exceptions.setMessageRendering(MessageRendering.NONE));
  }
}
