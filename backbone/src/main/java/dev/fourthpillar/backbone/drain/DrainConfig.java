package dev.fourthpillar.backbone.drain;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How long the steps of a drain take. Their sum has to stay below the pod's termination grace
 * period.
 *
 * @param balancerWait between NOT_SERVING and the end of streams: until load balancers have noticed
 * @param streamsWait for streams to end with their cursor
 * @param gracefulWait for calls under way, before what is left is cut
 */
@ConfigurationProperties(DrainConfig.PREFIX)
public record DrainConfig(
    @Bindable(defaultValue = "5s") Duration balancerWait,
    @Bindable(defaultValue = "5s") Duration streamsWait,
    @Bindable(defaultValue = "15s") Duration gracefulWait) {
  static final String PREFIX = "fourthpillar.drain";

  /** What closing connection pools and the like may take after the drain. */
  static final Duration CLOSING = Duration.ofSeconds(3);

  public DrainConfig {
    Check check = new Check(PREFIX);
    check.between("balancer-wait", balancerWait, Duration.ZERO, Duration.ofMinutes(5));
    check.between("streams-wait", streamsWait, Duration.ZERO, Duration.ofMinutes(5));
    check.between("graceful-wait", gracefulWait, Duration.ZERO, Duration.ofMinutes(30));
  }

  /** After this the process is gone, whatever hangs. */
  public Duration limit() {
    return balancerWait.plus(streamsWait).plus(gracefulWait).plus(CLOSING);
  }
}
