package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import java.util.OptionalLong;

/**
 * Numbers as OpenAI gives them, Codex CLI passes them on and the telemetry conventions define them:
 * input includes what was read from and written to the cache, output includes reasoning.
 */
final class InclusiveKinds {

  private InclusiveKinds() {}

  /**
   * @param total the source's own total, input + output
   */
  static Reckoned reckon(
      OptionalLong input,
      OptionalLong output,
      OptionalLong cacheRead,
      OptionalLong cacheWrite,
      OptionalLong reasoning,
      OptionalLong total) {
    Reckoned.Sheet sheet =
        new Reckoned.Sheet()
            .put(TokenMeter.OUTPUT, output)
            .put(TokenMeter.CACHE_READ, cacheRead)
            .put(TokenMeter.CACHE_WRITE, cacheWrite)
            .reasoning(reasoning);
    if (input.isPresent()) {
      long cached = Math.addExact(cacheRead.orElse(0), cacheWrite.orElse(0));
      sheet.put(TokenMeter.INPUT, sheet.remainder(input.getAsLong(), cached));
      if (cacheRead.isEmpty()) {
        sheet.flag(EvidenceFlag.CACHE_SPLIT_UNKNOWN);
      }
    }
    return sheet.check(total, sum(input, output)).done();
  }

  private static OptionalLong sum(OptionalLong left, OptionalLong right) {
    return left.isPresent() && right.isPresent()
        ? OptionalLong.of(Math.addExact(left.getAsLong(), right.getAsLong()))
        : OptionalLong.empty();
  }
}
