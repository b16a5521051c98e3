package dev.fourthpillar.cli.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A number for each port of a suite. */
public record Ports(Map<SuitePort, Integer> numbers) {
  private static final int MAX = 65_535;

  public Ports {
    numbers = Map.copyOf(numbers);
    for (SuitePort port : SuitePort.values()) {
      int number = numbers.getOrDefault(port, 0);
      if (number < 1 || number > MAX) {
        throw new IllegalArgumentException(
            "port %s: %d (expected: 1 to %d)".formatted(port.label(), number, MAX));
      }
    }
    if (numbers.values().stream().distinct().count() < numbers.size()) {
      throw new IllegalArgumentException("ports: %s (expected: all different)".formatted(numbers));
    }
  }

  /** The documented ones. */
  public static Ports usual() {
    Map<SuitePort, Integer> numbers = new EnumMap<>(SuitePort.class);
    for (SuitePort port : SuitePort.values()) {
      numbers.put(port, port.usual());
    }
    return new Ports(numbers);
  }

  /** Any that are free now. */
  public static Ports free() {
    Map<SuitePort, Integer> numbers = new EnumMap<>(SuitePort.class);
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      // All are held until all are found: a port that is let go may be found again.
      for (SuitePort port : SuitePort.values()) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        numbers.put(port, socket.getLocalPort());
      }
      return new Ports(numbers);
    } catch (IOException e) {
      throw new SuiteException("no free port on the loopback address", e);
    } finally {
      sockets.forEach(Ports::close);
    }
  }

  public Ports with(Map<SuitePort, Integer> others) {
    Map<SuitePort, Integer> all = new EnumMap<>(numbers);
    all.putAll(others);
    return new Ports(all);
  }

  public int of(SuitePort port) {
    return numbers.get(port);
  }

  /** As clients write it: {@code 127.0.0.1:50051}. */
  public String address(SuitePort port) {
    return "127.0.0.1:" + of(port);
  }

  /**
   * @throws SuiteException naming all that somebody else listens on
   */
  void requireFree() {
    List<String> taken = new ArrayList<>();
    for (SuitePort port : SuitePort.values()) {
      try (ServerSocket socket = new ServerSocket()) {
        // As the services bind: a connection that is only closing is no obstacle.
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), of(port)), 1);
      } catch (IOException _) {
        taken.add(port.label() + "=" + of(port));
      }
    }
    if (!taken.isEmpty()) {
      throw new SuiteException(
          "somebody else listens on %s of 127.0.0.1 (expected: free; choose others with --ports, or --ports free)"
              .formatted(String.join(", ", taken)));
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It was bound and nothing else; the number is all that was wanted of it.
    }
  }
}
