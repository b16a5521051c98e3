package dev.fourthpillar.pricing.cost;

import static dev.fourthpillar.pricing.TestBooks.book;
import static dev.fourthpillar.pricing.TestBooks.dec;
import static dev.fourthpillar.pricing.TestBooks.model;
import static dev.fourthpillar.pricing.TestBooks.nanos;
import static dev.fourthpillar.pricing.TestBooks.quantities;
import static dev.fourthpillar.pricing.TestBooks.row;
import static dev.fourthpillar.pricing.TestBooks.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.pricing.book.BookHeader;
import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.cost.PriceResult.Priced;
import dev.fourthpillar.pricing.cost.PriceResult.Unpriced;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmployerTermsTest {

  private static final PriceBook LIST =
      book(
          model().price(TokenMeter.INPUT, dec("3")).build(),
          row("acme", "two").price(TokenMeter.INPUT, dec("3")).build(),
          row("other", "three").price(TokenMeter.INPUT, dec("3")).build(),
          row("selfhosted", "llama").build());

  @Test
  void theMostSpecificDiscountCounts() {
    EmployerTerms terms =
        new EmployerTerms(
            dec("0.1"),
            Map.of("acme", dec("0.2")),
            Map.of(new ModelKey("acme", "two"), dec("0.5")),
            Optional.empty());

    assertThat(employer(terms, "other", "three")).isEqualTo(nanos("2.7"));
    assertThat(employer(terms, "acme", "one")).isEqualTo(nanos("2.4"));
    assertThat(employer(terms, "acme", "two")).isEqualTo(nanos("1.5"));
  }

  @Test
  void aDiscountIsTakenFromThePriceBeforeTheOnlyRounding() {
    // 1 token at 3 per million, 33.3333 % off: 3,000 × 0.666667 = 2,000.001 → 2,000 nanos
    TwoSidedPricer pricer =
        new TwoSidedPricer(new Pricer(LIST), EmployerTerms.discount(dec("0.333333")));

    CostLine line = pricer.price(usage("input", 1)).employer().lines().getFirst();

    assertThat(line.pricePerMillion()).isEqualByComparingTo("2.000001");
    assertThat(line.amountNanos()).isEqualTo(2_000);
  }

  @Test
  void ownRatesReplaceListAndDiscount() {
    PriceBook own = book(model().price(TokenMeter.INPUT, dec("1.25")).build());
    EmployerTerms terms = EmployerTerms.discount(dec("0.5")).withOwnRates(own);

    assertThat(employer(terms, "acme", "one")).isEqualTo(nanos("1.25"));
    assertThat(employer(terms, "acme", "two")).isEqualTo(nanos("1.5"));
  }

  @Test
  void aSelfHostedModelHasAMarginalCostAndPerhapsNoListPrice() {
    PriceBook own = book(row("selfhosted", "llama").price(TokenMeter.INPUT, dec("0.07")).build());
    TwoSidedPricer pricer =
        new TwoSidedPricer(new Pricer(LIST), EmployerTerms.none().withOwnRates(own));

    TwoSidedPricer.BothSides both = pricer.price(million("selfhosted", "llama"));

    assertThat(both.list())
        .isInstanceOfSatisfying(
            Unpriced.class, u -> assertThat(u.reason()).isEqualTo(UnpricedReason.NO_PRICE));
    assertThat(((Priced) both.employer()).totalNanos()).isEqualTo(nanos("0.07"));
  }

  @Test
  void anUnknownModelStaysUnknownOnBothSides() {
    TwoSidedPricer pricer = new TwoSidedPricer(new Pricer(LIST), EmployerTerms.discount(dec("1")));

    TwoSidedPricer.BothSides both = pricer.price(million("acme", "nine"));

    assertThat(both.list()).isInstanceOf(Unpriced.class);
    assertThat(both.employer()).isInstanceOf(Unpriced.class);
  }

  @Test
  void termsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> EmployerTerms.discount(dec("1.01"))).hasMessageContaining("0..1");
    assertThatThrownBy(() -> EmployerTerms.discount(dec("-0.1"))).hasMessageContaining("0..1");
    assertThatThrownBy(() -> EmployerTerms.discount(dec("0.1234567")))
        .hasMessageContaining("6 decimals");
    PriceBook euros =
        PriceBook.of(
            new BookHeader("eur", 1, Currency.getInstance("EUR"), Instant.EPOCH, "a contract"),
            List.of(model().build()));
    assertThatThrownBy(
            () -> new TwoSidedPricer(new Pricer(LIST), EmployerTerms.none().withOwnRates(euros)))
        .hasMessage("currency of own rates: EUR (expected: USD)");
  }

  private static UsageToPrice million(String provider, String model) {
    return UsageToPrice.request(ModelName.of(provider, model), quantities("input", 1_000_000));
  }

  private static long employer(EmployerTerms terms, String provider, String model) {
    PriceResult result =
        new TwoSidedPricer(new Pricer(LIST), terms).price(million(provider, model)).employer();
    return ((Priced) result).totalNanos();
  }
}
