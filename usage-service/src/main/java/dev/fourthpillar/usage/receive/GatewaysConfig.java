package dev.fourthpillar.usage.receive;

import dev.fourthpillar.backbone.config.Check;
import dev.fourthpillar.usage.normalise.Gateways;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;

/**
 * Gateways that hold budget for calls.
 *
 * @param known their addresses, as tools are told them; {@code any} for tools that say only that
 *     they do not talk to their provider. What goes through one waits for its hold
 */
@ConfigurationProperties(GatewaysConfig.PREFIX)
public record GatewaysConfig(@Bindable(defaultValue = "") List<String> known) {
  static final String PREFIX = "fourthpillar.gateways";

  private static final int MAX_KNOWN = 1_000;

  public GatewaysConfig {
    known = known.stream().filter(gateway -> !gateway.isBlank()).toList();
    Check check = new Check(PREFIX);
    check.that("known", known.size() <= MAX_KNOWN, known.size(), "at most " + MAX_KNOWN);
    for (String gateway : known) {
      check.that(
          "known",
          Gateways.isKnowable(gateway),
          gateway,
          "an address with scheme and host, or any");
    }
  }

  Gateways gateways() {
    return new Gateways(known);
  }
}
