package dev.fourthpillar.usage.receive.edge;

import com.google.protobuf.Message;
import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.edge.error.ErrorInterceptor;
import dev.fourthpillar.backbone.edge.limit.LimitsConfig;
import dev.fourthpillar.backbone.edge.tls.Tls;
import dev.fourthpillar.usage.otlp.OtlpCompression;
import dev.fourthpillar.usage.otlp.OtlpDecoder;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import dev.fourthpillar.usage.receive.OtlpConfig;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * OTLP over gRPC, on a server of its own: its messages are larger than those of our API, and it
 * sheds nothing.
 */
@Singleton
public final class OtlpGrpcServer {
  /** What is too large gets a typed refusal; what is far too large is not even read. */
  private static final int TRANSPORT_HEADROOM = 2;

  /** Of one connection: what comes beyond waits on the sender's side. */
  private static final int MAX_CALLS_PER_CONNECTION = 64;

  private final OtlpExportEndpoint endpoint;
  private final NettyServerBuilder builder;
  private Server server;

  OtlpGrpcServer(
      OtlpConfig config,
      ListenAddress address,
      LimitsConfig limits,
      OtlpExportEndpoint endpoint,
      SenderAccess access,
      ErrorInterceptor errors,
      MeterRegistry metrics,
      Tls tls,
      @Named("grpc-calls") ExecutorService callThreads)
      throws SSLException {
    this.endpoint = endpoint;
    this.builder =
        NettyServerBuilder.forAddress(address.of(config.grpcPort()))
            .executor(callThreads)
            .maxInboundMessageSize(TRANSPORT_HEADROOM * OtlpDecoder.MAX_BODY_BYTES)
            .maxInboundMetadataSize(limits.maxMetadataBytes())
            .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
            .keepAliveTime(limits.keepaliveTime().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(limits.keepaliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveTime(limits.minClientKeepalive().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(service(OtlpSignal.LOGS, LogsServiceGrpc.getExportMethod()))
            .addService(service(OtlpSignal.METRICS, MetricsServiceGrpc.getExportMethod()))
            .addService(service(OtlpSignal.TRACES, TraceServiceGrpc.getExportMethod()))
            // From the innermost to the outermost.
            .intercept(new SenderInterceptor(access))
            .intercept(errors)
            .intercept(new MetricCollectingServerInterceptor(metrics));
    tls.grpcServer().ifPresent(builder::sslContext);
  }

  private <A extends Message> ServerServiceDefinition service(
      OtlpSignal signal, MethodDescriptor<?, A> method) {
    MethodDescriptor<OtlpBody, A> undecoded =
        method.toBuilder(OtlpBody.MARSHALLER, method.getResponseMarshaller()).build();
    return ServerServiceDefinition.builder(method.getServiceName())
        .addMethod(
            undecoded,
            ServerCalls.asyncUnaryCall((body, observer) -> export(signal, body, observer)))
        .build();
  }

  // The endpoint answers each signal with that signal's message.
  @SuppressWarnings("unchecked")
  private <A extends Message> void export(
      OtlpSignal signal, OtlpBody body, StreamObserver<A> observer) {
    if (body.tooLarge()) {
      throw OtlpAnswerMapper.tooLarge().asException();
    }
    Reply.once(
        observer,
        (A)
            endpoint.export(
                signal,
                OtlpEncoding.PROTOBUF,
                OtlpCompression.NONE,
                body.bytes(),
                Callers.current()));
  }

  void start() {
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException("OTLP over gRPC cannot listen", e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Takes no new calls, waits for those under way, and cuts what is left. */
  void stop(Duration wait) throws InterruptedException {
    if (server != null
        && !server.shutdown().awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
    }
  }
}
