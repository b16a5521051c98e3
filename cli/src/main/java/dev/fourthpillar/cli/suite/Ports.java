package dev.fourthpillar.cli.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A number for each port of a suite. */
public record Ports(Map<SuitePort, Integer> numbers) {
  private static final int MAX = 65_535;

  /**
   * Where free ones are looked for: below what Linux (from 32768) and macOS (from 49152) give to
   * outgoing connections, one of which could otherwise take a port before its service listens.
   */
  private static final int FREE_FROM = 10_000;

  private static final int FREE_UNTIL = 32_000;
  private static final int FREE_TRIES = 1_000;

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

  /** Any that are free now, by chance: suites that start at the same time find different ones. */
  public static Ports free() {
    Map<SuitePort, Integer> numbers = new EnumMap<>(SuitePort.class);
    Iterator<Integer> free =
        ThreadLocalRandom.current()
            .ints(FREE_TRIES, FREE_FROM, FREE_UNTIL)
            .distinct()
            .filter(Ports::isFree)
            .iterator();
    for (SuitePort port : SuitePort.values()) {
      if (!free.hasNext()) {
        throw new SuiteException(
            "too few free ports from %d to %d on the loopback address"
                .formatted(FREE_FROM, FREE_UNTIL - 1));
      }
      numbers.put(port, free.next());
    }
    return new Ports(numbers);
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
      if (!isFree(of(port))) {
        taken.add(port.label() + "=" + of(port));
      }
    }
    if (!taken.isEmpty()) {
      throw new SuiteException(
          "somebody else listens on %s of 127.0.0.1 (expected: free; choose others with --ports, or --ports free)"
              .formatted(String.join(", ", taken)));
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the services bind: a connection that is only closing is no obstacle.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
