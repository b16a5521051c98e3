package dev.fourthpillar.usage.kinds;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import java.util.OptionalLong;

/**
 * Numbers as Anthropic gives them and Claude Code passes them on: input excludes the cache, writes
 * are split by life.
 */
public final class ExclusiveKinds {

  private ExclusiveKinds() {}

  /** Without a split of what was written to the cache, and with the source's own total. */
  public static Reckoned reckon(
      OptionalLong input,
      OptionalLong output,
      OptionalLong cacheRead,
      OptionalLong cacheWrite,
      OptionalLong total) {
    OptionalLong sum =
        input.isPresent() && output.isPresent()
            ? OptionalLong.of(
                Math.addExact(
                    Math.addExact(input.getAsLong(), output.getAsLong()),
                    Math.addExact(cacheRead.orElse(0), cacheWrite.orElse(0))))
            : OptionalLong.empty();
    return new Reckoned.Sheet()
        .put(TokenMeter.INPUT, input)
        .put(TokenMeter.OUTPUT, output)
        .put(TokenMeter.CACHE_READ, cacheRead)
        .put(TokenMeter.CACHE_WRITE, cacheWrite)
        .check(total, sum)
        .done();
  }

  /**
   * @param cacheWrite all cache writes; what its two parts leave over is of unknown life
   */
  public static Reckoned reckon(
      OptionalLong input,
      OptionalLong output,
      OptionalLong cacheRead,
      OptionalLong cacheWrite,
      OptionalLong cacheWrite5m,
      OptionalLong cacheWrite1h) {
    Reckoned.Sheet sheet =
        new Reckoned.Sheet()
            .put(TokenMeter.INPUT, input)
            .put(TokenMeter.OUTPUT, output)
            .put(TokenMeter.CACHE_READ, cacheRead)
            .put(TokenMeter.CACHE_WRITE_5M, cacheWrite5m)
            .put(TokenMeter.CACHE_WRITE_1H, cacheWrite1h);
    if (cacheWrite.isPresent()) {
      long total = cacheWrite.getAsLong();
      long labelled = Math.addExact(cacheWrite5m.orElse(0), cacheWrite1h.orElse(0));
      boolean bothLabels = cacheWrite5m.isPresent() && cacheWrite1h.isPresent();
      if (labelled > total || (bothLabels && labelled < total)) {
        sheet.flag(EvidenceFlag.SUM_MISMATCH);
      }
      if (labelled < total || (cacheWrite5m.isEmpty() && cacheWrite1h.isEmpty())) {
        // Older versions give no split; and tokens the split forgets were written all the same.
        sheet.put(TokenMeter.CACHE_WRITE, Math.max(0, total - labelled));
      }
    }
    return sheet.done();
  }
}
