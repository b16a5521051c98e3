package dev.fourthpillar.pricing.quantity;

import static dev.fourthpillar.pricing.TestBooks.quantities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.pricing.PropertyDose;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;

@AddLifecycleHook(PropertyDose.class)
class QuantitiesTest {

  @Test
  void reasoningIsInsideOutputAndUnitsAreNotTokens() {
    Quantities used =
        quantities(
            "input",
            100,
            "input.audio",
            20,
            "cache_read",
            300,
            "cache_write.5m",
            7,
            "cache_write.1h",
            3,
            "output",
            50,
            "reasoning",
            40,
            "requests.web_search",
            9);

    assertThat(used.totalTokens()).isEqualTo(100 + 20 + 300 + 7 + 3 + 50);
    assertThat(used.promptTokens()).isEqualTo(100 + 20 + 300 + 7 + 3);
  }

  @Test
  void aCountNeverGoesBelowZeroOrWrapsAround() {
    assertThatThrownBy(() -> quantities("input", -1))
        .isInstanceOf(QuantityOutOfRangeException.class)
        .hasMessage("input: -1 (expected: >= 0)");
    Quantities most = quantities("input", Long.MAX_VALUE);
    assertThatThrownBy(() -> most.plus(quantities("input", 1)))
        .isInstanceOf(QuantityOutOfRangeException.class);
    assertThatThrownBy(() -> most.with(TokenMeter.OUTPUT, 1).totalTokens())
        .isInstanceOf(QuantityOutOfRangeException.class);
    QuantityDelta less = quantities("input", 1).minus(quantities("input", 3));
    assertThatThrownBy(() -> quantities("input", 1).plus(less))
        .isInstanceOf(QuantityOutOfRangeException.class);
    QuantityDelta least =
        new QuantityDelta(new TreeMap<>(Map.of(TokenMeter.INPUT, Long.MIN_VALUE)));
    assertThatThrownBy(least::negated).isInstanceOf(QuantityOutOfRangeException.class);
  }

  @Test
  void zeroIsNoEntry() {
    assertThat(quantities("input", 0)).isEqualTo(Quantities.none());
    assertThat(Quantities.none().isEmpty()).isTrue();
    assertThat(quantities("input", 5).minus(quantities("input", 5)).isZero()).isTrue();
  }

  @Test
  void quantitiesDoNotChangeWithTheMapTheyWereMadeFrom() {
    Map<Meter, Long> map = new TreeMap<>(Map.of(TokenMeter.INPUT, 1L));
    Quantities made = Quantities.of(map);
    map.put(TokenMeter.INPUT, 2L);

    assertThat(made.count(TokenMeter.INPUT)).isEqualTo(1);
    assertThatThrownBy(() -> made.counts().put(TokenMeter.INPUT, 3L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Property
  void additionHasNoOrder(
      @ForAll("anyQuantities") Quantities a,
      @ForAll("anyQuantities") Quantities b,
      @ForAll("anyQuantities") Quantities c) {
    assertThat(a.plus(b).plus(c)).isEqualTo(c.plus(a.plus(b))).isEqualTo(b.plus(c).plus(a));
    assertThat(a.plus(b).totalTokens()).isEqualTo(a.totalTokens() + b.totalTokens());
  }

  @Property
  void aDifferenceLeadsFromOneToTheOtherAndBack(
      @ForAll("anyQuantities") Quantities from, @ForAll("anyQuantities") Quantities to) {
    QuantityDelta change = to.minus(from);

    assertThat(from.plus(change)).isEqualTo(to);
    assertThat(to.plus(change.negated())).isEqualTo(from);
    assertThat(change.plus(change.negated()).isZero()).isTrue();
  }

  @Provide
  Arbitrary<Quantities> anyQuantities() {
    List<Meter> meters = List.copyOf(MeterVocabulary.BY_CODE.values());
    return Arbitraries.maps(
            Arbitraries.of(meters), Arbitraries.longs().between(0, 1_000_000_000_000L))
        .ofMaxSize(8)
        .map(Quantities::of);
  }
}
