package dev.fourthpillar.backbone.config;

import io.micronaut.context.env.Environment;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.core.naming.conventions.StringConvention;
import io.micronaut.logging.LogLevel;
import io.micronaut.logging.LoggingSystem;
import io.micronaut.runtime.context.scope.refresh.RefreshEvent;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the levels of loggers ({@code logger.levels.*}) when they change. Micronaut does so only
 * where there were some at the start.
 */
@Singleton
final class LiveLogLevels implements ApplicationEventListener<RefreshEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(LiveLogLevels.class);

  private final Environment environment;
  private final List<LoggingSystem> systems;

  LiveLogLevels(Environment environment, List<LoggingSystem> systems) {
    this.environment = environment;
    this.systems = systems;
  }

  @Override
  public void onApplicationEvent(RefreshEvent changed) {
    environment.getProperties("logger.levels", StringConvention.RAW).forEach(this::set);
  }

  private void set(String logger, Object value) {
    // YAML reads OFF without quotation marks as false.
    String name = value.equals(false) ? "OFF" : value.toString().toUpperCase(Locale.ROOT);
    try {
      LogLevel level = LogLevel.valueOf(name);
      systems.forEach(system -> system.setLogLevel(logger, level));
    } catch (IllegalArgumentException _) {
      LOG.error(
          "logger.levels.{}: {} (expected: one of {})", logger, value, List.of(LogLevel.values()));
    }
  }
}
