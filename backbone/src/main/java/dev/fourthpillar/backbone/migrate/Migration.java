package dev.fourthpillar.backbone.migrate;

import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the schema of this build. Where a role of its own serves, that role gets the
 * rights it needs and none to change the schema. Doing it again changes nothing; of several at once
 * one works and the others wait.
 */
public final class Migration {
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private Migration() {}

  /**
   * @param environment the service's configuration, with the credentials of who may change the
   *     schema
   */
  public static void run(Environment environment) {
    MigrationConfig config =
        new MigrationConfig(
            environment
                .getProperty(MigrationConfig.PREFIX + ".grant-to", String.class)
                .orElse(null),
            lockTimeout(environment));
    Flyway flyway =
        Flyway.configure()
            .dataSource(
                required(environment, "datasources.default.url"),
                required(environment, "datasources.default.username"),
                required(environment, "datasources.default.password"))
            .locations(
                environment.getRequiredProperty(
                    "flyway.datasources.default.locations", String[].class))
            .initSql("set lock_timeout = " + config.lockTimeout().toMillis())
            .load();
    MigrateResult result = flyway.migrate();
    LOG.info("{} migrations applied; the schema is complete", result.migrationsExecuted);
    String role = config.grantTo();
    if (role != null && !role.isBlank()) {
      new GrantStore(flyway.getConfiguration().getDataSource()).grantTo(role);
      LOG.info("the role that serves may use it");
    }
  }

  private static String required(Environment environment, String key) {
    return environment
        .getProperty(key, String.class)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    key + ": not set (expected: how to reach the database as who may change it)"));
  }

  private static Duration lockTimeout(Environment environment) {
    String key = MigrationConfig.PREFIX + ".lock-timeout";
    String value = environment.getProperty(key, String.class).orElse("10s");
    try {
      return ConversionService.SHARED.convertRequired(value, Duration.class);
    } catch (ConversionErrorException _) {
      throw new ConfigurationException(key + ": " + value + " (expected: a duration such as 10s)");
    }
  }
}
