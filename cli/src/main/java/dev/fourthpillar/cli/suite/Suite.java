package dev.fourthpillar.cli.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.localdb.LocalPostgres;
import dev.fourthpillar.localdb.LocalPostgresException;
import dev.fourthpillar.localdb.LocalPostgresOptions;
import dev.fourthpillar.localdb.Trees;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fourth Pillar on this machine: an embedded PostgreSQL with a database for each service, and the
 * services as processes started from their own jars. Closing drains the services, then stops
 * PostgreSQL. One suite per directory at a time; what a killed one left running is ended first.
 */
public final class Suite implements AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 32 << 20;

  private final SuiteOptions options;
  private final SuiteListener listener;
  private final SuiteHome home;
  private final Tokens tokens;
  private final Map<SuiteService, ServiceProcess> processes = new EnumMap<>(SuiteService.class);
  private final Map<SuiteService, ManagedChannel> channels = new EnumMap<>(SuiteService.class);
  private final Map<SuiteService, Duration> readyAfter = new EnumMap<>(SuiteService.class);
  private final Object closing = new Object();
  private final Thread hook = new Thread(this::close, "stop-suite");
  private LocalPostgres postgres;
  private boolean closed;
  private boolean gone;

  private Suite(SuiteOptions options, SuiteListener listener) {
    this.options = options;
    this.listener = listener;
    this.home = SuiteHome.open(options.data().orElseGet(TemporaryHomes::create));
    this.tokens = new Tokens(home.directory());
  }

  /**
   * Starts a suite and returns when every service says that it is ready.
   *
   * @throws SuiteException for what the person who asked can do something about; nothing runs then
   */
  public static Suite start(SuiteOptions options, SuiteListener listener) {
    Suite suite = new Suite(options, listener);
    try {
      // Ctrl-C, SIGTERM: also in the middle of the start.
      Runtime.getRuntime().addShutdownHook(suite.hook);
      suite.start();
      return suite;
    } catch (RuntimeException e) {
      try {
        suite.close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e instanceof LocalPostgresException ? new SuiteException("PostgreSQL", e) : e;
    }
  }

  private void start() {
    LeftBehind.stop(directory(), listener);
    options.ports().requireFree();
    listener.step("starting PostgreSQL");
    startPostgres();
    listener.step("starting budget-service, usage-service and comp-service");
    ServiceSettings settings =
        new ServiceSettings(
            directory(),
            options.ports(),
            Installation.find(),
            options.startCache(),
            options.deduplicationWindow());
    for (SuiteService service : SuiteService.values()) {
      LocalDatabase database =
          postgres.createDatabase(
              service.shortName(), service.shortName(), home.databasePassword(service));
      ServiceProcess process =
          new ServiceProcess(
              service,
              () -> settings.process(service, database),
              directory().pidFile(service),
              directory().log(service),
              listener);
      launch(service, process);
    }
    for (SuiteService service : SuiteService.values()) {
      awaitReady(service);
    }
    publish();
  }

  private synchronized void publish() {
    checkOpen();
    home.publish(options.ports());
  }

  private synchronized void startPostgres() {
    checkOpen();
    // Data that go with the suite go with PostgreSQL as well: its own sweep finds what was killed.
    postgres =
        LocalPostgres.start(
            options.data().isPresent()
                ? LocalPostgresOptions.keptIn(directory().postgres())
                : LocalPostgresOptions.temporary());
  }

  private synchronized void launch(SuiteService service, ServiceProcess process) {
    checkOpen();
    process.start();
    processes.put(service, process);
    channels.put(
        service,
        NettyChannelBuilder.forAddress("127.0.0.1", options.ports().of(service.grpcPort()))
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build());
  }

  private void awaitReady(SuiteService service) {
    Duration after = processes.get(service).awaitReady(channel(service), options.readyWithin());
    synchronized (this) {
      readyAfter.put(service, after);
    }
  }

  public SuiteDirectory directory() {
    return home.directory();
  }

  public Ports ports() {
    return options.ports();
  }

  public Tokens tokens() {
    return tokens;
  }

  /** To the service's gRPC port; shared, and closed with the suite. */
  public synchronized ManagedChannel channel(SuiteService service) {
    return channels.get(service);
  }

  /** How long the service took at its last start, from its process to its readiness. */
  public synchronized Duration readyAfter(SuiteService service) {
    return readyAfter.get(service);
  }

  /** The superuser's way into a service's database, for looking at it. */
  public LocalDatabase database(SuiteService service) {
    return postgres.superuser(service.shortName());
  }

  /** The service's process. */
  public long pid(SuiteService service) {
    return processes.get(service).pid();
  }

  /** The service that died too often to be started again, if there is one. */
  public Optional<SuiteService> givenUp() {
    return processes.entrySet().stream()
        .filter(entry -> entry.getValue().givenUp())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Ends a service's process as a power cut would. It stays away until {@link #restart}. */
  public void kill9(SuiteService service) {
    processes.get(service).kill9();
  }

  /** Starts a service that was killed; returns when it is ready. */
  public void restart(SuiteService service) {
    synchronized (this) {
      checkOpen();
      processes.get(service).start();
    }
    awaitReady(service);
  }

  /** Ends PostgreSQL and all its backends as a power cut would. The services run on without it. */
  public void kill9Postgres() {
    postgres.kill9();
  }

  /** Starts PostgreSQL again on its data and port; returns when it has recovered. */
  public void restartPostgres() {
    postgres.restart();
  }

  private void checkOpen() {
    if (closed) {
      throw new SuiteException("the suite was stopped while it started");
    }
  }

  /**
   * Drains the services, all at once, then stops PostgreSQL. Doing it again does nothing; whoever
   * does it meanwhile waits.
   */
  @Override
  public void close() {
    synchronized (closing) {
      if (gone) {
        return;
      }
      gone = true;
      synchronized (this) {
        closed = true;
      }
      listener.step("stopping");
      try (home) {
        stopAll();
      }
      if (options.data().isEmpty()) {
        delete(directory().root());
      }
      forgetHook();
    }
  }

  private void stopAll() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    processes.values().forEach(ServiceProcess::askToStop);
    processes
        .values()
        .forEach(process -> process.awaitStopped(options.startCache().stoppedWithin()));
    if (postgres != null) {
      postgres.close();
    }
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The hook is what runs this.
    }
  }

  private static void delete(Path root) {
    try {
      Trees.delete(root);
    } catch (IOException e) {
      throw new SuiteException("cannot delete " + root, e);
    }
  }
}
