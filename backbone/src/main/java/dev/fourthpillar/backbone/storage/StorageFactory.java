package dev.fourthpillar.backbone.storage;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The beans that repositories and services share. */
@Factory
final class StorageFactory {

  /** The pool; the feed has connections of its own. */
  @Singleton
  @Primary
  Jdbi jdbi(DataSource dataSource) {
    return JdbiSettings.apply(Jdbi.create(dataSource));
  }

  /** Before the one that Micronaut brings. */
  @Singleton
  @Primary
  InstantSource clock() {
    return InstantSource.system();
  }
}
