package dev.fourthpillar.pricing.quantity;

import java.util.Locale;
import java.util.Objects;

/** A unit that is not a token. Units without a direction are always {@link Flow#INPUT}. */
public record UnitMeter(Unit unit, Flow flow, UnitDetail detail) implements Meter {

  public UnitMeter {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(flow, "flow");
    Objects.requireNonNull(detail, "detail");
    if (!unit.directional() && flow != Flow.INPUT) {
      throw new IllegalArgumentException("flow: " + flow + " on " + unit + " (expected: INPUT)");
    }
    if (!unit.allows(detail)) {
      throw new IllegalArgumentException("detail: " + detail + " does not belong to " + unit);
    }
  }

  public UnitMeter(Unit unit, Flow flow) {
    this(unit, flow, UnitDetail.NONE);
  }

  @Override
  public String code() {
    StringBuilder code = new StringBuilder(unit.name());
    if (unit.directional()) {
      code.append('.').append(flow.name());
    }
    if (detail != UnitDetail.NONE) {
      code.append('.').append(detail.name());
    }
    return code.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return code();
  }
}
