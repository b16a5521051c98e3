package dev.fourthpillar.backbone.edge.server;

import dev.fourthpillar.backbone.edge.access.AccessInterceptor;
import dev.fourthpillar.backbone.edge.access.AccessRules;
import dev.fourthpillar.backbone.edge.auth.Authenticator;
import dev.fourthpillar.backbone.edge.error.ErrorInterceptor;
import dev.fourthpillar.backbone.edge.error.UnknownMethods;
import dev.fourthpillar.backbone.edge.limit.DeadlineInterceptor;
import dev.fourthpillar.backbone.edge.limit.LimitsConfig;
import dev.fourthpillar.backbone.edge.limit.OverloadInterceptor;
import dev.fourthpillar.backbone.edge.tls.Tls;
import dev.fourthpillar.backbone.edge.validation.RequestValidator;
import dev.fourthpillar.backbone.edge.validation.ValidationInterceptor;
import dev.fourthpillar.backbone.telemetry.RequestLogInterceptor;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.grpc.server.GrpcServerBuilder;
import io.micronaut.grpc.server.GrpcServerConfiguration;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.grpc.v1_6.GrpcTelemetry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Builds the gRPC server, in place of Micronaut's own builder: which interceptors a call passes,
 * and in which order, is one list here instead of order numbers in many classes.
 */
@Factory
@Replaces(factory = GrpcServerBuilder.class)
final class EdgeServerFactory {
  /**
   * What the transport lets through, as a multiple of our own limit: a message somewhat too large
   * gets a typed refusal, one far too large is not even read.
   */
  private static final int TRANSPORT_HEADROOM = 2;

  /** Everything this server offers, the standard surfaces included. */
  @Singleton
  OfferedServices services(List<BindableService> services, HealthStatusManager health) {
    return new OfferedServices(
        Stream.concat(
                services.stream(),
                Stream.of(health.getHealthService(), ProtoReflectionServiceV1.newInstance()))
            .map(BindableService::bindService)
            .toList());
  }

  @Singleton
  AccessRules accessRules(OfferedServices services) {
    return AccessRules.of(services.definitions());
  }

  @Singleton
  RequestValidator requestValidator(OfferedServices services) {
    return RequestValidator.of(services.definitions());
  }

  /**
   * One virtual thread per running callback. Their number is bounded by the calls under way, which
   * {@link OverloadInterceptor} bounds.
   */
  @Singleton
  @Bean(preDestroy = "shutdown")
  @Named("grpc-calls")
  ExecutorService callThreads() {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("call-", 0).factory());
  }

  @Singleton
  ServerBuilder<?> serverBuilder(
      GrpcServerConfiguration micronaut,
      LimitsConfig limits,
      OfferedServices services,
      @Named("grpc-calls") ExecutorService callThreads,
      OpenTelemetry openTelemetry,
      MeterRegistry metrics,
      ErrorInterceptor errors,
      OverloadInterceptor overload,
      DeadlineInterceptor deadlines,
      UnknownMethods unknownMethods,
      AccessRules rules,
      Authenticator authenticator,
      RequestValidator validator,
      Tls tls)
      throws SSLException {
    // Of the only transport that is on the class path.
    NettyServerBuilder transport = (NettyServerBuilder) micronaut.getServerBuilder();
    tls.grpcServer().ifPresent(transport::sslContext);
    ServerBuilder<?> builder =
        transport
            .executor(callThreads)
            .maxInboundMessageSize(TRANSPORT_HEADROOM * limits.maxMessageBytes())
            .maxInboundMetadataSize(limits.maxMetadataBytes())
            .maxConnectionAge(limits.maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionAgeGrace(limits.maxConnectionGrace().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTime(limits.keepaliveTime().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(limits.keepaliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveTime(limits.minClientKeepalive().toMillis(), TimeUnit.MILLISECONDS)
            // Gateways keep idle connections warm; a new one costs more than their whole budget.
            .permitKeepAliveWithoutCalls(true)
            .fallbackHandlerRegistry(unknownMethods);

    // On every call, from the innermost to the outermost: grpc-java runs the last one first.
    builder
        .intercept(deadlines)
        .intercept(overload)
        .intercept(errors)
        .intercept(new MetricCollectingServerInterceptor(metrics))
        .intercept(GrpcTelemetry.create(openTelemetry).newServerInterceptor());

    // On decoded messages, from the outermost to the innermost.
    Decoding decoding = new Decoding(limits.maxMessageBytes());
    for (ServerServiceDefinition service : services.definitions()) {
      builder.addService(
          decoding.wrap(
              ServerInterceptors.interceptForward(
                  service,
                  new AccessInterceptor(rules, authenticator),
                  new RequestLogInterceptor(),
                  new ValidationInterceptor(validator))));
    }
    return builder;
  }
}
