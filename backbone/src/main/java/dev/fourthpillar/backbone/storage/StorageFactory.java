package dev.fourthpillar.backbone.storage;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;

/** The beans that repositories and services share. */
@Factory
final class StorageFactory {

  /** The pool; the feed has connections of its own. */
  @Singleton
  @Primary
  Jdbi jdbi(DataSource dataSource) {
    return Jdbi.create(dataSource)
        .installPlugin(new PostgresPlugin())
        // By default the message of a failed statement quotes the values it was executed with.
        .configure(
            StatementExceptions.class,
            exceptions -> exceptions.setMessageRendering(MessageRendering.NONE));
  }

  /** Before the one that Micronaut brings. */
  @Singleton
  @Primary
  InstantSource clock() {
    return InstantSource.system();
  }
}
