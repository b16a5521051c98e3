package dev.fourthpillar.usage.kinds;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import java.util.OptionalLong;

/**
 * Numbers as OpenAI gives them, Codex CLI passes them on and the telemetry conventions define them:
 * input includes what was read from and written to the cache, output includes reasoning.
 */
public final class InclusiveKinds {

  private InclusiveKinds() {}

  /**
   * @param total the source's own total, input + output
   */
  public static Reckoned reckon(
      OptionalLong input,
      OptionalLong output,
      OptionalLong cacheRead,
      OptionalLong cacheWrite,
      OptionalLong reasoning,
      OptionalLong total) {
    return reckon(
        input,
        output,
        cacheRead,
        cacheWrite,
        OptionalLong.empty(),
        OptionalLong.empty(),
        reasoning,
        total);
  }

  /**
   * @param cacheWrite5m of what was written, that for 5 minutes
   * @param cacheWrite1h of what was written, that for an hour
   * @param total the source's own total, input + output
   */
  public static Reckoned reckon(
      OptionalLong input,
      OptionalLong output,
      OptionalLong cacheRead,
      OptionalLong cacheWrite,
      OptionalLong cacheWrite5m,
      OptionalLong cacheWrite1h,
      OptionalLong reasoning,
      OptionalLong total) {
    Reckoned.Sheet sheet =
        new Reckoned.Sheet()
            .put(TokenMeter.OUTPUT, output)
            .put(TokenMeter.CACHE_READ, cacheRead)
            .reasoning(reasoning);
    long written = cacheWrite.orElse(0);
    if (cacheWrite5m.isEmpty() && cacheWrite1h.isEmpty()) {
      sheet.put(TokenMeter.CACHE_WRITE, cacheWrite);
    } else {
      long labelled = Math.addExact(cacheWrite5m.orElse(0), cacheWrite1h.orElse(0));
      if (cacheWrite.isPresent()) {
        sheet.check(cacheWrite, OptionalLong.of(labelled));
        if (cacheWrite.getAsLong() > labelled) {
          sheet.put(TokenMeter.CACHE_WRITE, cacheWrite.getAsLong() - labelled);
        }
      }
      written = Math.max(labelled, written);
      sheet
          .put(TokenMeter.CACHE_WRITE_5M, cacheWrite5m)
          .put(TokenMeter.CACHE_WRITE_1H, cacheWrite1h);
    }
    if (input.isPresent()) {
      long cached = Math.addExact(cacheRead.orElse(0), written);
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
