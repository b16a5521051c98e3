package dev.fourthpillar.pricing.cost;

import static dev.fourthpillar.pricing.TestBooks.book;
import static dev.fourthpillar.pricing.TestBooks.dec;
import static dev.fourthpillar.pricing.TestBooks.model;
import static dev.fourthpillar.pricing.TestBooks.nanos;
import static dev.fourthpillar.pricing.TestBooks.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import org.junit.jupiter.api.Test;

/** A list price is not tokens × one price: 400M input, 1,500M cache read and 100M output tokens. */
class CompensationCase4Test {

  private static final UsageToPrice USAGE =
      usage("input", 400_000_000L, "cache_read", 1_500_000_000L, "output", 100_000_000L);

  private static PriceRow.Builder prices() {
    return model()
        .price(TokenMeter.INPUT, dec("5.00"))
        .price(TokenMeter.CACHE_READ, dec("0.50"))
        .price(TokenMeter.OUTPUT, dec("25.00"));
  }

  @Test
  void listPriceOfAYearWithCache() {
    // 400 × 5.00 = 2,000; 1,500 × 0.50 = 750; 100 × 25.00 = 2,500; together 5,250.00
    assertThat(total(prices().build(), USAGE)).isEqualTo(nanos("5250.00"));
  }

  @Test
  void batchIsHalfByMultiplierOrByOwnPrices() {
    UsageToPrice batch = USAGE.at(ServiceTier.BATCH);
    PriceRow multiplied = prices().serviceMultiplier(ServiceTier.BATCH, dec("0.5")).build();
    PriceRow stated =
        prices()
            .price(ServiceTier.BATCH, 0, TokenMeter.INPUT, dec("2.50"))
            .price(ServiceTier.BATCH, 0, TokenMeter.CACHE_READ, dec("0.25"))
            .price(ServiceTier.BATCH, 0, TokenMeter.OUTPUT, dec("12.50"))
            .build();

    assertThat(total(multiplied, batch)).isEqualTo(nanos("2625.00"));
    assertThat(total(stated, batch)).isEqualTo(nanos("2625.00"));
  }

  @Test
  void discountIsTheEmployersSide() {
    TwoSidedPricer pricer =
        new TwoSidedPricer(new Pricer(book(prices().build())), EmployerTerms.discount(dec("0.40")));

    TwoSidedPricer.BothSides both = pricer.price(USAGE);

    // 5,250.00 × 0.60 = 3,150.00
    assertThat(((PriceResult.Priced) both.of(PriceSide.LIST)).totalNanos())
        .isEqualTo(nanos("5250.00"));
    assertThat(((PriceResult.Priced) both.of(PriceSide.EMPLOYER)).totalNanos())
        .isEqualTo(nanos("3150.00"));
  }

  private static long total(PriceRow row, UsageToPrice usage) {
    return ((PriceResult.Priced) new Pricer(book(row)).price(usage)).totalNanos();
  }
}
