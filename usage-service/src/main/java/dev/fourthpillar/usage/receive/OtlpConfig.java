package dev.fourthpillar.usage.receive;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The doors for telemetry. They listen where the service's own gRPC server does.
 *
 * @param grpcPort OTLP over gRPC; 0 takes a free one
 * @param httpPort OTLP over HTTP; 0 takes a free one
 * @param inFlightBytes of request bodies that are being worked on; more wait, and their senders
 *     with them
 * @param writers transactions at a time
 * @param transactionRecords reports that one transaction takes together, at most
 * @param outageWait how long a sender waits for a database that is away before it is told so
 * @param idleTimeout of an HTTP connection on which nothing comes
 */
@ConfigurationProperties(OtlpConfig.PREFIX)
public record OtlpConfig(
    @Bindable(defaultValue = "4317") int grpcPort,
    @Bindable(defaultValue = "4318") int httpPort,
    @Bindable(defaultValue = "134217728") int inFlightBytes,
    @Bindable(defaultValue = "2") int writers,
    @Bindable(defaultValue = "2000") int transactionRecords,
    @Bindable(defaultValue = "8s") Duration outageWait,
    @Bindable(defaultValue = "2m") Duration idleTimeout) {
  static final String PREFIX = "fourthpillar.otlp";

  public OtlpConfig {
    Check check = new Check(PREFIX);
    check.between("grpc-port", grpcPort, 0, 65_535);
    check.between("http-port", httpPort, 0, 65_535);
    check.between("in-flight-bytes", inFlightBytes, 32 << 20, 1 << 30);
    check.between("writers", writers, 1, 64);
    check.between("transaction-records", transactionRecords, 1, 10_000);
    check.between("outage-wait", outageWait, Duration.ofMillis(100), Duration.ofMinutes(1));
    check.between("idle-timeout", idleTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
  }
}
