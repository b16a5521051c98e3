package dev.fourthpillar.backbone.edge.limit;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Limits of the gRPC edge.
 *
 * @param defaultDeadline of a unary call that brings none
 * @param maxDeadline a unary call's later deadline is brought forward to this
 * @param maxConcurrentCalls unary and client-streaming calls under way per replica; more are shed
 * @param maxOpenStreams server- and bidirectional-streaming calls per replica; they live long and
 *     mostly wait, so they do not take the place of calls
 * @param maxMessageBytes of one request message and of one answer
 * @param maxMetadataBytes of a call's request headers
 * @param maxConnectionAge after which a client is asked to connect again, so that load finds new
 *     replicas
 * @param maxConnectionGrace what calls of an aged connection have left; then they are cut
 * @param keepaliveTime of silence on a connection after which the server asks whether it is alive
 * @param keepaliveTimeout for the answer
 * @param minClientKeepalive a client that pings more often is disconnected
 */
@ConfigurationProperties(LimitsConfig.PREFIX)
public record LimitsConfig(
    @Bindable(defaultValue = "30s") Duration defaultDeadline,
    @Bindable(defaultValue = "5m") Duration maxDeadline,
    @Bindable(defaultValue = "1024") int maxConcurrentCalls,
    @Bindable(defaultValue = "1024") int maxOpenStreams,
    @Bindable(defaultValue = "4194304") int maxMessageBytes,
    @Bindable(defaultValue = "16384") int maxMetadataBytes,
    @Bindable(defaultValue = "10m") Duration maxConnectionAge,
    @Bindable(defaultValue = "5m") Duration maxConnectionGrace,
    @Bindable(defaultValue = "2m") Duration keepaliveTime,
    @Bindable(defaultValue = "20s") Duration keepaliveTimeout,
    @Bindable(defaultValue = "30s") Duration minClientKeepalive) {
  static final String PREFIX = "fourthpillar.edge";

  public LimitsConfig {
    Check check = new Check(PREFIX);
    check.between("default-deadline", defaultDeadline, Duration.ofMillis(10), Duration.ofHours(1));
    check.between("max-deadline", maxDeadline, defaultDeadline, Duration.ofHours(1));
    check.between("max-concurrent-calls", maxConcurrentCalls, 1, 100_000);
    check.between("max-open-streams", maxOpenStreams, 1, 100_000);
    check.between("max-message-bytes", maxMessageBytes, 1024, 64 << 20);
    check.between("max-metadata-bytes", maxMetadataBytes, 1024, 1 << 20);
    check.between(
        "max-connection-age", maxConnectionAge, Duration.ofSeconds(1), Duration.ofDays(1));
    check.between(
        "max-connection-grace", maxConnectionGrace, Duration.ofSeconds(1), Duration.ofDays(1));
    check.between("keepalive-time", keepaliveTime, Duration.ofSeconds(10), Duration.ofDays(1));
    check.between(
        "keepalive-timeout", keepaliveTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    check.between(
        "min-client-keepalive", minClientKeepalive, Duration.ofSeconds(1), Duration.ofHours(1));
  }
}
