package dev.fourthpillar.backbone.migrate;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the command {@code migrate} does beside migrating.
 *
 * @param grantTo the role that serves, where it is not the one that migrates: it is granted what it
 *     needs after each migration, and no more
 * @param lockTimeout how long a migration waits for a lock that the running service holds, before
 *     it fails and lets the calls behind it go on
 */
@ConfigurationProperties(MigrationConfig.PREFIX)
public record MigrationConfig(
    @Nullable String grantTo, @Bindable(defaultValue = "10s") Duration lockTimeout) {
  static final String PREFIX = "fourthpillar.migration";

  /** A name of PostgreSQL's that is shown as it is written. */
  private static final String ROLE = "[A-Za-z_][A-Za-z0-9_$.-]{0,62}";

  public MigrationConfig {
    Check check = new Check(PREFIX);
    check.that(
        "grant-to",
        grantTo == null || grantTo.isBlank() || grantTo.matches(ROLE),
        grantTo,
        "the name of a role: 1 to 63 letters, digits, '_', '$', '.' or '-'");
    check.between("lock-timeout", lockTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
  }
}
