package dev.fourthpillar.usage.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.telemetry.Count;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Whatever a source says: nothing negative, nothing lost, and the parts are the total or the flag
 * says why not.
 */
class KindArithmeticTest {

  @Provide
  Arbitrary<OptionalLong> counts() {
    Arbitrary<Long> small = Arbitraries.longs().between(0, 50);
    Arbitrary<Long> large = Arbitraries.longs().between(0, Count.MAX_COUNT);
    return Arbitraries.oneOf(small, large)
        .map(OptionalLong::of)
        .injectNull(0.2)
        .map(count -> count == null ? OptionalLong.empty() : count);
  }

  @Property
  void inclusiveKindsAddUpToInputAndOutput(
      @ForAll("counts") OptionalLong input,
      @ForAll("counts") OptionalLong output,
      @ForAll("counts") OptionalLong cacheRead,
      @ForAll("counts") OptionalLong cacheWrite,
      @ForAll("counts") OptionalLong reasoning,
      @ForAll("counts") OptionalLong total) {
    Reckoned reckoned =
        InclusiveKinds.reckon(input, output, cacheRead, cacheWrite, reasoning, total);
    Quantities kinds = reckoned.quantities();

    assertNeverNegative(kinds);
    if (input.isPresent() && output.isPresent()) {
      long whole = input.getAsLong() + output.getAsLong();
      if (!reckoned.flags().contains(EvidenceFlag.CLAMPED)) {
        assertThat(kinds.totalTokens()).isEqualTo(whole);
      } else {
        assertThat(kinds.totalTokens()).isGreaterThanOrEqualTo(whole);
      }
      assertThat(reckoned.flags().contains(EvidenceFlag.SUM_MISMATCH))
          .isEqualTo(total.isPresent() && total.getAsLong() != whole);
    }
    assertThat(reckoned.known().contains(TokenMeter.INPUT)).isEqualTo(input.isPresent());
  }

  @Property
  void geminiKindsAddUpToItsTotal(
      @ForAll("counts") OptionalLong prompt,
      @ForAll("counts") OptionalLong cached,
      @ForAll("counts") OptionalLong toolPrompt,
      @ForAll("counts") OptionalLong candidates,
      @ForAll("counts") OptionalLong thoughts) {
    long whole =
        prompt.orElse(0) + toolPrompt.orElse(0) + candidates.orElse(0) + thoughts.orElse(0);
    Reckoned reckoned =
        GeminiKinds.reckon(
            prompt, cached, toolPrompt, candidates, thoughts, OptionalLong.of(whole));
    Quantities kinds = reckoned.quantities();

    assertNeverNegative(kinds);
    if (prompt.isPresent() && !reckoned.flags().contains(EvidenceFlag.CLAMPED)) {
      assertThat(kinds.totalTokens()).isEqualTo(whole);
      assertThat(reckoned.flags()).doesNotContain(EvidenceFlag.SUM_MISMATCH);
    }
  }

  @Property
  void cacheWritesAreNeverFewerThanTheirTotalNorTheirParts(
      @ForAll("counts") OptionalLong total,
      @ForAll("counts") OptionalLong fiveMinutes,
      @ForAll("counts") OptionalLong oneHour) {
    Reckoned reckoned =
        ExclusiveKinds.reckon(
            OptionalLong.of(1),
            OptionalLong.of(1),
            OptionalLong.empty(),
            total,
            fiveMinutes,
            oneHour);
    long labelled = fiveMinutes.orElse(0) + oneHour.orElse(0);

    assertNeverNegative(reckoned.quantities());
    assertThat(cacheWrites(reckoned.quantities())).isEqualTo(Math.max(total.orElse(0), labelled));
    if (total.isPresent() && fiveMinutes.isPresent() && oneHour.isPresent()) {
      assertThat(reckoned.flags().contains(EvidenceFlag.SUM_MISMATCH))
          .isEqualTo(total.getAsLong() != labelled);
    }
  }

  @Test
  void cachedBeyondInputIsCutToNothingAndFlagged() {
    Reckoned reckoned =
        InclusiveKinds.reckon(
            OptionalLong.of(100),
            OptionalLong.of(10),
            OptionalLong.of(90),
            OptionalLong.of(20),
            OptionalLong.of(11),
            OptionalLong.of(110));

    assertThat(reckoned.quantities().count(TokenMeter.INPUT)).isEqualTo(0);
    assertThat(reckoned.quantities().count(TokenMeter.CACHE_READ)).isEqualTo(90);
    assertThat(reckoned.quantities().count(TokenMeter.REASONING)).isEqualTo(10);
    assertThat(reckoned.flags()).containsExactly(EvidenceFlag.CLAMPED);
  }

  @Test
  void geminisToolPromptIsInputAndItsThoughtsAreOutput() {
    Reckoned reckoned =
        GeminiKinds.reckon(
            OptionalLong.of(100),
            OptionalLong.of(60),
            OptionalLong.of(7),
            OptionalLong.of(20),
            OptionalLong.of(5),
            OptionalLong.of(132));

    assertThat(reckoned.quantities().count(TokenMeter.INPUT)).isEqualTo(47);
    assertThat(reckoned.quantities().count(TokenMeter.CACHE_READ)).isEqualTo(60);
    assertThat(reckoned.quantities().count(TokenMeter.OUTPUT)).isEqualTo(25);
    assertThat(reckoned.quantities().count(TokenMeter.REASONING)).isEqualTo(5);
    assertThat(reckoned.quantities().totalTokens()).isEqualTo(132);
    assertThat(reckoned.flags()).isEmpty();
  }

  private static void assertNeverNegative(Quantities kinds) {
    assertThat(kinds.counts().values()).allMatch(count -> count >= 0);
    assertThat(kinds.count(TokenMeter.REASONING)).isBetween(0L, kinds.count(TokenMeter.OUTPUT));
  }

  private static long cacheWrites(Quantities kinds) {
    return kinds.count(TokenMeter.CACHE_WRITE)
        + kinds.count(TokenMeter.CACHE_WRITE_5M)
        + kinds.count(TokenMeter.CACHE_WRITE_1H);
  }
}
