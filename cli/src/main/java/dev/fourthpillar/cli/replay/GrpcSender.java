package dev.fourthpillar.cli.replay;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.util.concurrent.TimeUnit;

/** OTLP over gRPC. */
final class GrpcSender implements OtlpSender {
  private final ManagedChannel channel;
  private final CallCredentials credentials;

  GrpcSender(String host, int port, CallCredentials credentials) {
    this.channel = NettyChannelBuilder.forAddress(host, port).usePlaintext().build();
    this.credentials = credentials;
  }

  @Override
  public OtlpEncoding encoding() {
    return OtlpEncoding.PROTOBUF;
  }

  @Override
  public Answer send(OtlpSignal signal, ByteString body) {
    try {
      return switch (signal) {
        case LOGS -> {
          var partial =
              ready(LogsServiceGrpc.newBlockingStub(channel))
                  .export(ExportLogsServiceRequest.parseFrom(body))
                  .getPartialSuccess();
          yield new Answer.Taken(partial.getRejectedLogRecords(), partial.getErrorMessage());
        }
        case METRICS -> {
          var partial =
              ready(MetricsServiceGrpc.newBlockingStub(channel))
                  .export(ExportMetricsServiceRequest.parseFrom(body))
                  .getPartialSuccess();
          yield new Answer.Taken(partial.getRejectedDataPoints(), partial.getErrorMessage());
        }
        case TRACES -> {
          var partial =
              ready(TraceServiceGrpc.newBlockingStub(channel))
                  .export(ExportTraceServiceRequest.parseFrom(body))
                  .getPartialSuccess();
          yield new Answer.Taken(partial.getRejectedSpans(), partial.getErrorMessage());
        }
      };
    } catch (StatusRuntimeException e) {
      // As OTLP has it: these may succeed when they are sent again.
      return switch (e.getStatus().getCode()) {
        case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED, RESOURCE_EXHAUSTED ->
            new Answer.Busy(e.getMessage());
        default -> new Answer.Refused(e.getMessage());
      };
    } catch (InvalidProtocolBufferException e) {
      return new Answer.Refused("not protobuf");
    }
  }

  private <S extends AbstractStub<S>> S ready(S stub) {
    return stub.withCallCredentials(credentials)
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
