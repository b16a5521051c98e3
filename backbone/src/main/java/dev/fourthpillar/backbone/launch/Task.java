package dev.fourthpillar.backbone.launch;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A command that does something and ends. It has the service's configuration and none of its beans:
 * nothing is listened to, and no table is touched that may not be there yet.
 */
final class Task {
  private static final Logger LOG = LoggerFactory.getLogger(Task.class);

  /** What a command does with the configuration; what it throws is told in one line. */
  interface Work {
    void run(Environment environment);
  }

  private Task() {}

  /** Returns the exit code. */
  static int run(String name, String[] args, Map<String, Object> properties, Work work) {
    try (ApplicationContext context =
        Surroundings.ALONE.builder().args(args).properties(properties).build()) {
      Environment environment = context.getEnvironment();
      environment.start();
      work.run(environment);
      return 0;
    } catch (ConfigurationException refused) {
      LOG.error("refusing to {}: {}", name, refused.getMessage());
      return Launcher.EXIT_CONFIG;
    } catch (RuntimeException failed) {
      LOG.error("{}: {}", name, failed.getMessage());
      LOG.debug("{} failed", name, failed);
      return Launcher.EXIT_FAILED;
    }
  }
}
