package dev.fourthpillar.benchmarks;

import com.google.protobuf.ByteString;
import dev.fourthpillar.sample.v1.EchoRequest;
import dev.fourthpillar.sample.v1.EchoServiceGrpc;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Unary echo through the whole edge (token, access, validation, limits, metrics, traces, errors)
 * beside the same echo on bare grpc-java: each server in a process of its own, the same client, in
 * turn. Neither server has more on its class path than it needs.
 */
final class EchoBenchmark {
  private static final int CALLS_IN_FLIGHT = 64;
  private static final int ROUNDS = 7;
  private static final Duration WARM_UP = Duration.ofSeconds(12);
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final EchoRequest REQUEST =
      EchoRequest.newBuilder().setPayload(ByteString.copyFromUtf8("x".repeat(100))).build();

  private EchoBenchmark() {}

  public static void main(String[] args) throws Exception {
    try (ChildServer bare =
            ChildServer.start(BareEchoServer.class, jar -> !jar.contains("opentelemetry"));
        ChildServer edge = ChildServer.start(SampleServer.class, _ -> true)) {
      measure(bare, WARM_UP);
      measure(edge, WARM_UP);
      Rounds bareRate = new Rounds(ROUNDS);
      Rounds bareCpu = new Rounds(ROUNDS);
      Rounds edgeRate = new Rounds(ROUNDS);
      Rounds edgeCpu = new Rounds(ROUNDS);
      Rounds share = new Rounds(ROUNDS);
      for (int i = 0; i < ROUNDS; i++) {
        Measured plain = measure(bare, ROUND);
        Measured whole = measure(edge, ROUND);
        bareRate.add(plain.callsPerSecond());
        bareCpu.add(plain.serverMicrosPerCall());
        edgeRate.add(whole.callsPerSecond());
        edgeCpu.add(whole.serverMicrosPerCall());
        share.add(100 * whole.callsPerSecond() / plain.callsPerSecond());
      }
      System.out.printf(
          "unary echo, 100 bytes, %d calls in flight, medians of %d rounds%n",
          CALLS_IN_FLIGHT, ROUNDS);
      System.out.printf(
          "  bare grpc-java    %s calls/s, server %s µs of processor a call%n",
          bareRate.show("%.0f"), bareCpu.show("%.1f"));
      System.out.printf(
          "  the whole edge    %s calls/s, server %s µs of processor a call%n",
          edgeRate.show("%.0f"), edgeCpu.show("%.1f"));
      System.out.printf("  share             %s %% (target: at least 70 %%)%n", share.show("%.1f"));
    }
  }

  /** The client takes its share of the processors too: the server's own cost tells more. */
  private record Measured(double callsPerSecond, double serverMicrosPerCall) {}

  /** Closed loop: each answer is followed by the next call. */
  private static Measured measure(ChildServer server, Duration length) {
    EchoServiceGrpc.EchoServiceBlockingStub stub =
        EchoServiceGrpc.newBlockingStub(server.channel());
    AtomicLong done = new AtomicLong();
    Duration cpuBefore = server.cpu();
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLS_IN_FLIGHT; i++) {
        callers.execute(
            () -> {
              while (System.nanoTime() < end) {
                stub.echo(REQUEST);
                done.incrementAndGet();
              }
            });
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpuMicros = server.cpu().minus(cpuBefore).toNanos() / 1e3;
    return new Measured(done.get() / seconds, cpuMicros / done.get());
  }
}
