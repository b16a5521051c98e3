package dev.fourthpillar.usage.kinds;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import java.util.OptionalLong;

/**
 * Numbers as Gemini gives them: prompt includes the cached part and excludes tool-use prompts,
 * output excludes thoughts. Writing to the cache is not counted in tokens there; storage is billed
 * by time.
 */
public final class GeminiKinds {

  private GeminiKinds() {}

  /**
   * @param total the source's own total, prompt + tool prompt + candidates + thoughts
   */
  public static Reckoned reckon(
      OptionalLong prompt,
      OptionalLong cached,
      OptionalLong toolPrompt,
      OptionalLong candidates,
      OptionalLong thoughts,
      OptionalLong total) {
    Reckoned.Sheet sheet = new Reckoned.Sheet().put(TokenMeter.CACHE_READ, cached);
    if (prompt.isPresent()) {
      long uncached = sheet.remainder(prompt.getAsLong(), cached.orElse(0));
      sheet.put(TokenMeter.INPUT, Math.addExact(uncached, toolPrompt.orElse(0)));
      if (cached.isEmpty()) {
        sheet.flag(EvidenceFlag.CACHE_SPLIT_UNKNOWN);
      }
    }
    if (candidates.isPresent() || thoughts.isPresent()) {
      // An answer may be thoughts alone; then the candidates are left out rather than 0.
      sheet.put(TokenMeter.OUTPUT, Math.addExact(candidates.orElse(0), thoughts.orElse(0)));
    }
    return sheet
        .reasoning(thoughts)
        .check(total, sum(prompt, toolPrompt, candidates, thoughts))
        .done();
  }

  private static OptionalLong sum(
      OptionalLong prompt,
      OptionalLong toolPrompt,
      OptionalLong candidates,
      OptionalLong thoughts) {
    if (prompt.isEmpty() || (candidates.isEmpty() && thoughts.isEmpty())) {
      return OptionalLong.empty();
    }
    long in = Math.addExact(prompt.getAsLong(), toolPrompt.orElse(0));
    return OptionalLong.of(
        Math.addExact(in, Math.addExact(candidates.orElse(0), thoughts.orElse(0))));
  }
}
