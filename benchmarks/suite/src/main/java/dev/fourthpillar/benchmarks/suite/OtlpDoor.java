package dev.fourthpillar.benchmarks.suite;

import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A receiver of OTLP over gRPC, as its senders see it. */
final class OtlpDoor implements AutoCloseable {
  /** A connection takes 64 calls at a time, and the senders are many. */
  private static final int CONNECTIONS = 4;

  private final List<ManagedChannel> channels;
  private final AtomicInteger next = new AtomicInteger();

  OtlpDoor(int port) {
    this.channels =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(
                _ ->
                    NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .maxInboundMessageSize(1 << 20)
                        .build())
            .toList();
  }

  void logs(ExportLogsServiceRequest request, CallCredentials sender) {
    requireTaken(
        LogsServiceGrpc.newBlockingStub(channel())
            .withCallCredentials(sender)
            .export(request)
            .getPartialSuccess()
            .getRejectedLogRecords());
  }

  void metrics(ExportMetricsServiceRequest request, CallCredentials sender) {
    requireTaken(
        MetricsServiceGrpc.newBlockingStub(channel())
            .withCallCredentials(sender)
            .export(request)
            .getPartialSuccess()
            .getRejectedDataPoints());
  }

  private ManagedChannel channel() {
    return channels.get(Math.floorMod(next.getAndIncrement(), channels.size()));
  }

  private static void requireTaken(long rejected) {
    if (rejected != 0) {
      throw new IllegalStateException(rejected + " records were rejected");
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
