package dev.fourthpillar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import org.junit.jupiter.api.Test;

/** Amounts as people read them. */
final class MoniesTest {
  @Test
  void centsAreWhatIsReadUnlessThereIsLess() {
    assertThat(Monies.print(Monies.of("USD", "1234567.895"))).isEqualTo("1,234,567.90 USD");
    assertThat(Monies.print(Monies.of("USD", "0.001"))).isEqualTo("0.001 USD");
    assertThat(Monies.print(Monies.of("USD", "0"))).isEqualTo("0.00 USD");
    assertThat(Monies.print(Money.getDefaultInstance())).isEqualTo("–");
  }

  @Test
  void nothingIsLostOnTheWay() {
    assertThat(Monies.exact(Monies.of("SEK", "-0.000000001"))).isEqualByComparingTo("-0.000000001");
    assertThat(Monies.of("SEK", "735000.5"))
        .isEqualTo(
            Money.newBuilder()
                .setCurrencyCode("SEK")
                .setUnits(735_000)
                .setNanos(500_000_000)
                .build());
  }
}
