package dev.fourthpillar.pricing.book;

import static dev.fourthpillar.pricing.TestBooks.book;
import static dev.fourthpillar.pricing.TestBooks.dec;
import static dev.fourthpillar.pricing.TestBooks.header;
import static dev.fourthpillar.pricing.TestBooks.model;
import static dev.fourthpillar.pricing.TestBooks.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.pricing.book.BookDiff.HoldLimits;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceBookTest {

  @Test
  void aBookIsRefusedAsAWhole() {
    PriceRow one = row("a", "m").build();
    PriceRow two = row("b", "m").build();

    assertThatThrownBy(() -> PriceBook.of(header(1), List.of(one, one, two, two)))
        .isInstanceOfSatisfying(
            InvalidPriceBookException.class,
            e -> assertThat(e.problems()).containsExactly("two rows for a m", "two rows for b m"));
    assertThatThrownBy(() -> PriceBook.of(header(1), List.of()))
        .hasMessageContaining("rows: 0 (expected: 1..50000)");
  }

  @Test
  void pricesHaveLimits() {
    assertThatThrownBy(() -> priceOf("-0.01")).hasMessageContaining("expected: 0..");
    assertThatThrownBy(() -> priceOf("1000000000001")).hasMessageContaining("expected: 0..");
    assertThatThrownBy(() -> priceOf("0.0000000000001")).hasMessageContaining("12 decimals");
    assertThat(priceOf("3.000").samePricesAs(priceOf("3"))).isTrue();
    assertThat(priceOf("1E+2").rates()).isEqualTo(priceOf("100").rates());
    assertThatThrownBy(
            () -> model().price(TokenMeter.INPUT, dec("1")).price(TokenMeter.INPUT, dec("2")))
        .hasMessageContaining("two prices");
    assertThatThrownBy(() -> model().regionMultiplier("US", dec("1.1")).build())
        .hasMessageContaining("lower case");
    assertThatThrownBy(() -> model().serviceMultiplier(ServiceTier.FAST, dec("0")).build())
        .hasMessageContaining("> 0");
    assertThatThrownBy(() -> model().serviceMultiplier(ServiceTier.STANDARD, dec("2")).build())
        .hasMessageContaining("STANDARD");
  }

  @Test
  void freeAndWithoutPriceAreDifferent() {
    assertThat(model().build().status()).isEqualTo(PriceRow.Status.NO_PRICE);
    assertThat(priceOf("0").status()).isEqualTo(PriceRow.Status.FREE);
    assertThat(priceOf("0.000000000001").status()).isEqualTo(PriceRow.Status.PRICED);
  }

  @Test
  void perUnitBecomesPerMillionAtEighteenDecimals() {
    assertThat(Prices.perMillion(dec("3.0001999999999996E-7"))).isEqualTo(dec("0.30002"));
    assertThat(Prices.perMillion(dec("2.0345052083E-9"))).isEqualTo(dec("0.002034505208"));
    // half a unit of the last place goes to the even neighbour
    assertThat(Prices.perMillion(dec("0.0000000000000000025"))).isEqualTo(dec("0.000000000002"));
    assertThat(Prices.perMillion(dec("0.0000000000000000035"))).isEqualTo(dec("0.000000000004"));
  }

  @Test
  void theVersionIsChosenByEventTime() {
    PriceBook first = at(1, "2026-01-01T00:00:00Z");
    PriceBook second = at(2, "2026-06-01T00:00:00Z");
    PriceBook correction = at(3, "2026-06-01T00:00:00Z");
    PriceTimeline timeline = PriceTimeline.of(List.of(correction, first, second));

    assertThat(timeline.at(Instant.parse("2025-12-31T23:59:59Z"))).isEmpty();
    assertThat(timeline.at(Instant.parse("2026-05-31T23:59:59Z"))).contains(first);
    assertThat(timeline.at(Instant.parse("2026-06-01T00:00:00Z"))).contains(correction);
    assertThatThrownBy(() -> PriceTimeline.of(List.of(first, first)))
        .hasMessage("version 1 comes twice");
  }

  @Test
  void aDiffTellsAddedDroppedAndChanged() {
    List<PriceRow> before = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      before.add(row("p", "m" + i).price(TokenMeter.INPUT, dec("1")).build());
    }
    List<PriceRow> after = new ArrayList<>(before.subList(1, 10));
    after.set(0, row("p", "m1").price(TokenMeter.INPUT, dec("2")).build());
    after.set(
        1,
        PriceRow.builder(new ModelKey("p", "m2"), "another source")
            .price(TokenMeter.INPUT, dec("1.0"))
            .build());
    after.add(row("p", "new").price(TokenMeter.INPUT, dec("1")).build());

    BookDiff diff =
        BookDiff.between(PriceBook.of(header(1), before), PriceBook.of(header(2), after));

    assertThat(diff.added()).containsExactly(new ModelKey("p", "new"));
    assertThat(diff.dropped()).containsExactly(new ModelKey("p", "m0"));
    assertThat(diff.changed()).containsOnlyKeys(new ModelKey("p", "m1"));
    assertThat(diff.unchanged()).isEqualTo(8);
    assertThat(diff.droppedShare()).isEqualByComparingTo("0.1");
    assertThat(diff.mustBeConfirmed(limits("0.1", "0.1"))).isFalse();
    assertThat(diff.mustBeConfirmed(limits("0.0999", "0.1"))).isTrue();
    assertThat(diff.mustBeConfirmed(limits("0.1", "0"))).isTrue();
  }

  @Test
  void booksInDifferentCurrenciesCannotBeCompared() {
    BookHeader euros =
        new BookHeader("test", 2, Currency.getInstance("EUR"), Instant.EPOCH, "made for a test");
    PriceBook dollars = book(model().build());

    assertThatThrownBy(
            () -> BookDiff.between(dollars, PriceBook.of(euros, dollars.rows().values())))
        .hasMessage("currency: EUR (expected: USD)");
  }

  private static HoldLimits limits(String dropped, String changed) {
    return new HoldLimits(new BigDecimal(dropped), new BigDecimal(changed));
  }

  private static PriceBook at(int version, String from) {
    return PriceBook.of(
        new BookHeader("test", version, Currency.getInstance("USD"), Instant.parse(from), "test"),
        List.of(model().build()));
  }

  private static PriceRow priceOf(String price) {
    return model().price(TokenMeter.INPUT, dec(price)).build();
  }
}
