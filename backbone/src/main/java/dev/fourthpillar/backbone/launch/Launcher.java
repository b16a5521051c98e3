package dev.fourthpillar.backbone.launch;

import dev.fourthpillar.backbone.check.ServiceCheck;
import dev.fourthpillar.backbone.drain.DrainConfig;
import dev.fourthpillar.backbone.migrate.Migration;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a service. In place of Micronaut's own launcher, whose shutdown hook stops the HTTP server
 * first: probes would see the replica die before it has drained.
 */
public final class Launcher {
  private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

  /** The exit codes of refused arguments and of refused configuration, as sysexits(3) has them. */
  static final int EXIT_USAGE = 64;

  static final int EXIT_CONFIG = 78;

  /** Of a command that did not do what it was asked for. */
  static final int EXIT_FAILED = 1;

  /** The context tells its listeners that it is closing, and nobody that it has closed. */
  private static final Duration POLL = Duration.ofMillis(50);

  private Launcher() {}

  /**
   * Does what the first argument says: {@code serve}, which blocks until the process is told to end
   * and is meant when there is no command, {@code migrate} or {@code check}.
   */
  public static void run(String[] args, Map<String, Object> properties) {
    String[] rest = Command.arguments(args);
    switch (command(args)) {
      case SERVE -> await(startOrExit(rest, properties));
      case MIGRATE -> System.exit(Task.run("migrate", rest, properties, Migration::run));
      case CHECK ->
          System.exit(
              Task.run("check", rest, properties, settings -> ServiceCheck.run(settings, rest)));
    }
  }

  private static ApplicationContext startOrExit(String[] args, Map<String, Object> properties) {
    try {
      return start(args, properties);
    } catch (RuntimeException failed) {
      LOG.error("the start failed", failed);
      // What did start may have left threads, which would keep a process that serves nobody.
      System.exit(EXIT_FAILED);
      throw failed;
    }
  }

  private static Command command(String[] args) {
    try {
      return Command.of(args);
    } catch (IllegalArgumentException unknown) {
      LOG.error(unknown.getMessage());
      System.exit(EXIT_USAGE);
      throw unknown;
    }
  }

  /** Starts the service; it drains and closes when the process is told to end. */
  public static ApplicationContext start(String[] args, Map<String, Object> properties) {
    ApplicationContext context =
        Surroundings.of(properties).builder().args(args).properties(properties).build();
    try {
      context.start();
      context.getBean(EmbeddedServer.class).start();
    } catch (RuntimeException e) {
      context.close();
      throw exit(e);
    }
    Duration limit = context.getBean(DrainConfig.class).limit();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(context, limit), "drain"));
    return context;
  }

  /** Blocks until the context has closed, whoever closes it, or the thread is interrupted. */
  public static void await(ApplicationContext context) {
    try {
      while (context.isRunning()) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(ApplicationContext context, Duration limit) {
    Thread hardStop = Thread.ofPlatform().daemon().name("hard-stop").start(() -> haltAfter(limit));
    context.close();
    // What the virtual machine does after its hooks, such as writing its cache, is not ours to cut.
    hardStop.interrupt();
  }

  /** Whatever hangs must not keep a pod until it is killed without a word in the log. */
  private static void haltAfter(Duration limit) {
    try {
      Thread.sleep(limit);
      LOG.error("not closed within {}; the process ends now", limit);
      Runtime.getRuntime().halt(EXIT_FAILED);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A refused configuration is told in one line: its stack trace says nothing about the value. */
  private static RuntimeException exit(RuntimeException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigurationException refused) {
        LOG.error("refusing to start: {}", refused.getMessage());
        System.exit(EXIT_CONFIG);
      }
    }
    return thrown;
  }
}
