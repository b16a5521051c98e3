package dev.fourthpillar.budget.hold;

import dev.fourthpillar.type.v1.MeterQuantity;

/** What a call used, as the contract carries it. */
public final class QuantityMapper {
  private QuantityMapper() {}

  public static MeterQuantity toProto(Quantity quantity) {
    return MeterQuantity.newBuilder()
        .setMeter(quantity.meter())
        .setQuantity(quantity.count())
        .build();
  }
}
