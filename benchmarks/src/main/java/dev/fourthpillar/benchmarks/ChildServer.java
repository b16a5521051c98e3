package dev.fourthpillar.benchmarks;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A server in a process of its own, so that neither the client nor another server shares its heap.
 */
public final class ChildServer implements AutoCloseable {
  private static final String READY = "listening ";

  private final Process process;
  private final ManagedChannel channel;

  private ChildServer(Process process, ManagedChannel channel) {
    this.process = process;
    this.channel = channel;
  }

  /**
   * Starts a main class and waits until it listens.
   *
   * @param jars which jars of this process's class path it gets
   */
  public static ChildServer start(Class<?> main, Predicate<String> jars) throws IOException {
    String classpath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jars)
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms512m",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    classpath,
                    main.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        String[] words = line.substring(READY.length()).split(" ", 2);
        NettyChannelBuilder channel =
            NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(words[0])).usePlaintext();
        if (words.length == 2) {
          channel.intercept(SampleInstance.withToken(words[1]));
        }
        return new ChildServer(process, channel.build());
      }
    }
    throw new IOException(main.getSimpleName() + " ended before it listened");
  }

  static void announce(int port, String token) {
    System.out.println((READY + port + " " + token).strip());
  }

  static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // Until the parent closes it, or is gone.
    }
  }

  /** Processor time that the server has used so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  public ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.shutdownNow();
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
