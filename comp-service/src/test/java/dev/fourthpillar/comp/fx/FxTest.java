package dev.fourthpillar.comp.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.failure.Invalid;
import dev.fourthpillar.comp.failure.RateMissing;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.money.Ratio;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Conversions under convention K8. */
final class FxTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency SEK = Currency.getInstance("SEK");
  private static final Currency EUR = Currency.getInstance("EUR");

  @Test
  void case14_theOppositeQuoteIsDividedBy() {
    var table = new FxTable(List.of(quote("q", USD, SEK, "10.50", TODAY)));
    var base = Money.of("720000", "SEK").exact();
    assertThat(table.rate(SEK, USD, TODAY).convert(base).round())
        .isEqualTo(Money.of("68571.43", "USD"));
    assertThat(table.rate(USD, SEK, TODAY).convert(Money.of("75000", "USD").exact()).round())
        .isEqualTo(Money.of("787500", "SEK"));
  }

  @Test
  void case15_tiesGoUp() {
    var yen = Currency.getInstance("JPY");
    var table = new FxTable(List.of(quote("q", USD, yen, "150.00", TODAY)));
    assertThat(table.rate(USD, yen, TODAY).convert(Money.of("100.55", "USD").exact()).round())
        .hasToString("15083 JPY");
    assertThat(Money.of("100.20", "USD").exact().times(Percent.of("12.5")).round())
        .hasToString("12.53 USD");
  }

  @Test
  void aMissingRateIsAFailureAndNeverOne() {
    var table =
        new FxTable(
            List.of(quote("a", USD, SEK, "10.5", TODAY), quote("b", USD, EUR, "0.9", TODAY)));
    assertThatThrownBy(() -> table.rate(SEK, EUR, TODAY)).isInstanceOf(RateMissing.class);
    assertThatThrownBy(() -> table.rate(USD, SEK, TODAY.minusDays(1)))
        .isInstanceOf(RateMissing.class)
        .hasMessage(
            "no quote for USD to SEK, nor for SEK to USD, dated 2026-11-19 or earlier (expected: one"
                + " of both)");
  }

  @Test
  void theDirectQuoteWinsAndOfThoseTheLatest() {
    var table =
        new FxTable(
            List.of(
                quote("opposite", SEK, USD, "0.1", TODAY),
                quote("old", USD, SEK, "9", TODAY.minusDays(3)),
                quote("new", USD, SEK, "10", TODAY.minusDays(1)),
                quote("tomorrow", USD, SEK, "11", TODAY.plusDays(1))));
    assertThat(table.rate(USD, SEK, TODAY).snapshots())
        .singleElement()
        .hasToString(
            "SnapshotRef[kind=FX_QUOTE, id=new, description=USD to SEK 10 of 2026-11-19, test,"
                + " direct]");
  }

  @Test
  void twoQuotesForOneDayAreRefused() {
    assertThatThrownBy(
            () ->
                new FxTable(
                    List.of(quote("a", USD, SEK, "10", TODAY), quote("b", USD, SEK, "11", TODAY))))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("a and b for USD to SEK");
  }

  @Test
  void aBrokenQuoteNamesEveryField() {
    assertThatThrownBy(
            () -> new FxQuote("", USD, USD, BigDecimal.ZERO, LocalDate.of(3026, 1, 1), " "))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.violations())
                    .extracting("field")
                    .containsExactly("id", "to", "rate", "date", "publisher"));
  }

  @Property
  void thereAndBackByOneQuoteIsExact(
      @ForAll @LongRange(max = 1_000_000_000_000L) long cents,
      @ForAll @LongRange(min = 1, max = 1_000_000_000L) long rate) {
    var table =
        new FxTable(
            List.of(new FxQuote("q", USD, SEK, BigDecimal.valueOf(rate, 6), TODAY, "test")));
    var amount = new Money(BigDecimal.valueOf(cents, 2), USD);
    var there = table.rate(USD, SEK, TODAY).convert(amount.exact());
    assertThat(table.rate(SEK, USD, TODAY).convert(there).round()).isEqualTo(amount);
  }

  @Test
  void anUndefinedRatioHasAReason() {
    assertThat(Ratio.percentOf(Money.of("1", "USD"), Money.of("0", "USD")))
        .hasToString("undefined: the whole it would relate to is zero");
  }

  private static FxQuote quote(String id, Currency from, Currency to, String rate, LocalDate date) {
    return new FxQuote(id, from, to, new BigDecimal(rate), date, "test");
  }
}
