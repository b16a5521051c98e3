package dev.fourthpillar.pricing.quantity;

import java.util.Map;
import java.util.TreeMap;

/** Every meter there is, by code. Built from the enums, so that a new kind cannot be forgotten. */
final class MeterVocabulary {

  static final Map<String, Meter> BY_CODE = build();

  private MeterVocabulary() {}

  private static Map<String, Meter> build() {
    Map<String, Meter> meters = new TreeMap<>();
    for (TokenKind kind : TokenKind.values()) {
      for (Modality modality : Modality.values()) {
        for (CacheTtl ttl : CacheTtl.values()) {
          boolean ttlFits = ttl == CacheTtl.UNLABELLED || kind == TokenKind.CACHE_WRITE;
          boolean modalityFits = modality == Modality.TEXT || kind != TokenKind.REASONING;
          if (ttlFits && modalityFits) {
            put(meters, new TokenMeter(kind, modality, ttl));
          }
        }
      }
    }
    for (Unit unit : Unit.values()) {
      for (Flow flow : Flow.values()) {
        for (UnitDetail detail : UnitDetail.values()) {
          if (unit.allows(detail) && (unit.directional() || flow == Flow.INPUT)) {
            put(meters, new UnitMeter(unit, flow, detail));
          }
        }
      }
    }
    return Map.copyOf(meters);
  }

  private static void put(Map<String, Meter> meters, Meter meter) {
    if (meters.put(meter.code(), meter) != null) {
      throw new IllegalStateException("two meters share the code " + meter.code());
    }
  }
}
