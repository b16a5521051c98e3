package dev.fourthpillar.pricing.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeterTest {

  @Test
  void everyMeterIsFoundByItsCode() {
    assertThat(MeterVocabulary.BY_CODE).hasSizeGreaterThan(50);
    MeterVocabulary.BY_CODE.forEach(
        (code, meter) -> assertThat(Meter.parse(code)).isEqualTo(meter).hasToString(code));
  }

  @Test
  void codesAreTheOnesInPriceBooks() {
    assertThat(TokenMeter.INPUT.code()).isEqualTo("input");
    assertThat(TokenMeter.CACHE_WRITE_1H.code()).isEqualTo("cache_write.1h");
    assertThat(new TokenMeter(TokenKind.CACHE_WRITE, Modality.AUDIO, CacheTtl.M30).code())
        .isEqualTo("cache_write.audio.30m");
    assertThat(new UnitMeter(Unit.SECONDS, Flow.OUTPUT, UnitDetail.VIDEO).code())
        .isEqualTo("seconds.output.video");
    assertThat(new UnitMeter(Unit.REQUESTS, Flow.INPUT, UnitDetail.WEB_SEARCH).code())
        .isEqualTo("requests.web_search");
    assertThat(new UnitMeter(Unit.PAGES, Flow.INPUT).code()).isEqualTo("pages");
  }

  @Test
  void metersThatMakeNoSenseCannotBeMade() {
    assertThatThrownBy(() -> new TokenMeter(TokenKind.INPUT, Modality.TEXT, CacheTtl.M5))
        .hasMessage("ttl: M5 on INPUT (expected: CACHE_WRITE)");
    assertThatThrownBy(() -> new TokenMeter(TokenKind.REASONING, Modality.AUDIO))
        .hasMessageContaining("TEXT reasoning");
    assertThatThrownBy(() -> new UnitMeter(Unit.PAGES, Flow.OUTPUT)).hasMessageContaining("INPUT");
    assertThatThrownBy(() -> new UnitMeter(Unit.IMAGES, Flow.INPUT, UnitDetail.WEB_SEARCH))
        .hasMessageContaining("does not belong to IMAGES");
    assertThatThrownBy(() -> Meter.parse("input.5m")).hasMessage("no such meter: input.5m");
    assertThatThrownBy(() -> new UnknownMeter("input")).hasMessageContaining("code: input");
    assertThatThrownBy(() -> new UnknownMeter("")).hasMessageContaining("code: empty");
  }

  @Test
  void aMeterOfANewerVocabularyKeepsItsName() {
    assertThat(Meter.read("input")).isEqualTo(TokenMeter.INPUT);
    assertThat(Meter.read("thoughts.deep")).isEqualTo(new UnknownMeter("thoughts.deep"));
    assertThat(Meter.read("thoughts.deep")).hasToString("thoughts.deep");
    // Whether they are tokens is not known, so no size tier is chosen by them.
    assertThat(Quantities.of(new UnknownMeter("thoughts.deep"), 5).promptTokens()).isZero();
  }
}
