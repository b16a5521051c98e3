package dev.fourthpillar.backbone.health;

import io.micronaut.flyway.FlywayConfigurationProperties;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Compares the database's history of migrations with the migrations of this build. More than it
 * knows is fine: version N runs on the schema of N+1 while an update rolls out.
 */
@Singleton
final class SchemaVersion {
  private final FluentConfiguration flyway;

  SchemaVersion(@Named("default") FlywayConfigurationProperties configuration) {
    this.flyway = configuration.getFluentConfiguration();
  }

  /** The versions of this build that the database lacks. */
  List<String> missing(DataSource database) {
    MigrationInfo[] pending =
        Flyway.configure().configuration(flyway).dataSource(database).load().info().pending();
    return Arrays.stream(pending).map(info -> "V" + info.getVersion()).toList();
  }
}
