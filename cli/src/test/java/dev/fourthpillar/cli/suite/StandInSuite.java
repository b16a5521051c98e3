package dev.fourthpillar.cli.suite;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A suite of which one service runs: a stand-in whose answers a test gives. */
public final class StandInSuite implements AutoCloseable {
  private final SuiteHome home;
  private final Server server;

  private StandInSuite(SuiteHome home, Server server) {
    this.home = home;
    this.server = server;
  }

  /**
   * Starts it, and tells in the suite's directory where it listens.
   *
   * @param port of the service that the stand-in stands for
   */
  public static StandInSuite start(Path data, SuitePort port, BindableService... services)
      throws IOException {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    List.of(services).forEach(builder::addService);
    Server server = builder.build().start();
    SuiteHome home = SuiteHome.open(data);
    home.publish(Ports.free().with(Map.of(port, server.getPort())));
    return new StandInSuite(home, server);
  }

  /** The service goes away; the suite is still said to run. */
  public void stopService() {
    server.shutdownNow();
  }

  @Override
  public void close() {
    stopService();
    home.close();
  }
}
