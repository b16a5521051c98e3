package dev.fourthpillar.usage.daily;

import com.google.type.Money;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.feed.FeedLimits;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.events.v1.UsageUnattributed;
import dev.fourthpillar.events.v1.UsageUnpriced;
import dev.fourthpillar.type.v1.MeterQuantity;
import java.math.BigInteger;

/** Open usage as the contract tells it. */
final class OpenUsageMapper {
  /** The key of usage of which nobody says the tool. */
  static final String UNKNOWN_TOOL = "unknown";

  private static final BigInteger NANOS = BigInteger.valueOf(Amount.NANOS_PER_UNIT);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private OpenUsageMapper() {}

  static NewEvent event(OpenUsage.State state, OpenUsage usage) {
    return switch (state) {
      case UNATTRIBUTED -> NewEvent.of(key(usage.tool()), 0, unattributed(usage));
      case UNPRICED -> NewEvent.of(key(usage.tool()), 0, unpriced(usage));
    };
  }

  private static UsageUnattributed unattributed(OpenUsage usage) {
    UsageUnattributed.Builder event =
        UsageUnattributed.newBuilder()
            .setTool(usage.tool())
            .setDay(DateMapper.toProto(usage.day()))
            .setUnitCount(usage.units());
    if (!usage.currency().isEmpty()) {
      event.setListAmount(money(usage));
    }
    return event.build();
  }

  private static UsageUnpriced unpriced(OpenUsage usage) {
    UsageUnpriced.Builder event =
        UsageUnpriced.newBuilder()
            .setTool(usage.tool())
            .setDay(DateMapper.toProto(usage.day()))
            .setProvider(usage.provider())
            .setModel(usage.model())
            .setUnitCount(usage.units());
    usage
        .quantities()
        .forEach(
            (meter, count) ->
                event.addQuantities(
                    MeterQuantity.newBuilder()
                        .setMeter(meter)
                        .setQuantity(count.min(MOST).longValueExact())));
    return event.build();
  }

  private static Money money(OpenUsage usage) {
    BigInteger[] parts = usage.listNanos().divideAndRemainder(NANOS);
    return Money.newBuilder()
        .setCurrencyCode(usage.currency())
        .setUnits(parts[0].min(MOST).longValueExact())
        .setNanos(parts[1].intValueExact())
        .build();
  }

  /** It only chooses the partition: the whole name is in the event. */
  private static String key(String tool) {
    if (tool.isEmpty()) {
      return UNKNOWN_TOOL;
    }
    return tool.substring(0, Math.min(tool.length(), FeedLimits.MAX_KEY_CHARS));
  }
}
