package dev.fourthpillar.pricing.cost;

import static dev.fourthpillar.pricing.TestBooks.book;
import static dev.fourthpillar.pricing.TestBooks.dec;
import static dev.fourthpillar.pricing.TestBooks.meter;
import static dev.fourthpillar.pricing.TestBooks.model;
import static dev.fourthpillar.pricing.TestBooks.nanos;
import static dev.fourthpillar.pricing.TestBooks.quantities;
import static dev.fourthpillar.pricing.TestBooks.row;
import static dev.fourthpillar.pricing.TestBooks.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.cost.PriceResult.Free;
import dev.fourthpillar.pricing.cost.PriceResult.Priced;
import dev.fourthpillar.pricing.cost.PriceResult.Unpriced;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.pricing.quantity.UnknownMeter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PricerTest {

  private static final long BIG = 200_000;

  @Test
  void cacheReadWithoutPriceCostsWhatInputCostsAndIsNeverFree() {
    Priced priced = priced(text(), usage("cache_read", 1_000_000));

    assertThat(priced.totalNanos()).isEqualTo(nanos("2"));
    assertThat(priced.flags()).containsExactly(PriceFlag.CACHE_READ_AT_INPUT_PRICE);
    assertThat(priced.lines().getFirst().pricedAs()).isEqualTo(TokenMeter.INPUT);
  }

  @Test
  void cacheWriteWithoutPriceIsOrdinaryInput() {
    Priced priced = priced(text(), usage("cache_write.30m", 1_000_000));

    assertThat(priced.totalNanos()).isEqualTo(nanos("2"));
    assertThat(priced.flags()).containsExactly(PriceFlag.CACHE_WRITE_AT_INPUT_PRICE);
  }

  @Test
  void cacheWritesCostByTheirTimeToLive() {
    PriceRow row =
        text()
            .price(TokenMeter.CACHE_WRITE, dec("3"))
            .price(TokenMeter.CACHE_WRITE_1H, dec("5"))
            .build();

    assertThat(priced(row, usage("cache_write.5m", 1_000_000)).totalNanos()).isEqualTo(nanos("3"));
    assertThat(priced(row, usage("cache_write.30m", 1_000_000)).flags()).isEmpty();
    assertThat(priced(row, usage("cache_write.1h", 1_000_000)).totalNanos()).isEqualTo(nanos("5"));
    assertThat(priced(row, usage("cache_write.12h", 1_000_000)).totalNanos()).isEqualTo(nanos("5"));
    Priced unlabelled = priced(row, usage("cache_write", 1_000_000));
    assertThat(unlabelled.totalNanos()).isEqualTo(nanos("3"));
    assertThat(unlabelled.flags()).containsExactly(PriceFlag.CACHE_WRITE_TTL_UNKNOWN);
  }

  @Test
  void longTimeToLiveWithoutPriceTakesTheGeneralPriceVisibly() {
    PriceRow row = text().price(TokenMeter.CACHE_WRITE, dec("3")).build();

    Priced priced = priced(row, usage("cache_write.1h", 1_000_000));

    assertThat(priced.totalNanos()).isEqualTo(nanos("3"));
    assertThat(priced.flags()).containsExactly(PriceFlag.CACHE_WRITE_TTL_PRICE_MISSING);
  }

  @Test
  void reasoningIsAPartOfOutputAndCostsTheSameUnlessPriced() {
    UsageToPrice usage = usage("output", 1_000_000, "reasoning", 400_000);
    PriceRow own = text().price(TokenMeter.REASONING, dec("20")).build();

    assertThat(priced(text(), usage).totalNanos()).isEqualTo(nanos("10"));
    assertThat(priced(text(), usage).lines()).hasSize(1);
    // 0.6 × 10 + 0.4 × 20
    assertThat(priced(own, usage).totalNanos()).isEqualTo(nanos("14"));
    assertThat(priced(own, usage).lines())
        .extracting(CostLine::quantity)
        .containsExactly(600_000L, 400_000L);
  }

  @Test
  void reasoningFollowsTheOutputPriceIntoATierThatDoesNotNameIt() {
    PriceRow row =
        text()
            .price(TokenMeter.REASONING, dec("10"))
            .price(ServiceTier.BATCH, 0, TokenMeter.OUTPUT, dec("5"))
            .build();

    UsageToPrice batch = usage("output", 1_000_000, "reasoning", 400_000).at(ServiceTier.BATCH);

    assertThat(priced(row, batch).totalNanos()).isEqualTo(nanos("5"));
  }

  @Test
  void moreReasoningThanOutputIsFlaggedAndOnlyTheOutputIsCharged() {
    PriceRow own = text().price(TokenMeter.REASONING, dec("20")).build();

    Priced priced = priced(own, usage("output", 100, "reasoning", 400));

    assertThat(priced.totalNanos()).isEqualTo(100 * 20_000L);
    assertThat(priced.flags()).containsExactly(PriceFlag.REASONING_EXCEEDS_OUTPUT);
  }

  @Test
  void aTierWithoutAPriceFallsBackAndSaysSo() {
    PriceRow row =
        text()
            .price(TokenMeter.CACHE_READ, dec("0.2"))
            .price(ServiceTier.STANDARD, BIG, TokenMeter.INPUT, dec("4"))
            .build();

    Priced priced = priced(row, usage("input", BIG, "cache_read", 1_000_000));

    // all that have a tier price switch: 0.2 M × 4 + 1 M × 0.2
    assertThat(priced.totalNanos()).isEqualTo(nanos("1"));
    assertThat(priced.flags()).containsExactly(PriceFlag.SIZE_TIER_PRICE_MISSING);
  }

  @Test
  void theHighestThresholdReachedWinsAndSizeGoesBeforeServiceTier() {
    PriceRow row =
        text()
            .price(ServiceTier.STANDARD, BIG, TokenMeter.INPUT, dec("4"))
            .price(ServiceTier.STANDARD, 500_000, TokenMeter.INPUT, dec("8"))
            .price(ServiceTier.BATCH, 0, TokenMeter.INPUT, dec("1"))
            .build();

    assertThat(priced(row, usage("input", 1_000_000)).totalNanos()).isEqualTo(nanos("8"));
    Priced batch = priced(row, usage("input", 1_000_000).at(ServiceTier.BATCH));
    assertThat(batch.totalNanos()).isEqualTo(nanos("8"));
    assertThat(batch.flags()).containsExactly(PriceFlag.SERVICE_TIER_PRICE_MISSING);
    assertThat(priced(row, usage("input", 100_000).at(ServiceTier.BATCH)).totalNanos())
        .isEqualTo(nanos("0.1"));
  }

  @Test
  void anAggregateHasNoSizeAndTakesTheLowestTier() {
    PriceRow tiered = text().price(ServiceTier.STANDARD, BIG, TokenMeter.INPUT, dec("4")).build();

    Priced priced = priced(tiered, usage("input", 1_000_000).aggregated());

    assertThat(priced.totalNanos()).isEqualTo(nanos("2"));
    assertThat(priced.flags()).containsExactly(PriceFlag.TIER_UNKNOWN);
    assertThat(priced(text(), usage("input", 1_000_000).aggregated()).flags()).isEmpty();
  }

  @Test
  void aPromptAboveTheLastStatedRangeIsFlagged() {
    PriceRow row = text().lastTierLimit(1_000).build();

    assertThat(priced(row, usage("input", 1_000)).flags()).isEmpty();
    assertThat(priced(row, usage("input", 1_001)).flags())
        .containsExactly(PriceFlag.PROMPT_OVER_LAST_TIER);
  }

  @Test
  void multipliersChangeTokensAndNothingElse() {
    PriceRow row =
        text()
            .price(meter("requests.web_search"), dec("10000"))
            .serviceMultiplier(ServiceTier.FAST, dec("6"))
            .regionMultiplier("us", dec("1.1"))
            .build();
    UsageToPrice usage = usage("input", 1_000_000, "requests.web_search", 1);

    // 2 × 6 × 1.1 + 0.01
    assertThat(priced(row, usage.at(ServiceTier.FAST).in("us")).totalNanos())
        .isEqualTo(nanos("13.21"));
    assertThat(priced(row, usage.in("mars")).totalNanos()).isEqualTo(nanos("2.01"));
  }

  @Test
  void imagesAreTextTokensButAudioIsNot() {
    Priced image = priced(text(), usage("input.image", 1_000_000));
    assertThat(image.totalNanos()).isEqualTo(nanos("2"));
    assertThat(image.flags()).containsExactly(PriceFlag.MODALITY_AT_TEXT_PRICE);

    assertThat(unpriced(text().build(), usage("input.audio", 1, "input", 1)).missing())
        .containsExactly(meter("input.audio"));
    assertThat(unpriced(text().build(), usage("output.image", 1)).missing())
        .containsExactly(meter("output.image"));
  }

  @Test
  void cachedAudioWithoutPriceIsAudioInput() {
    PriceRow row = text().price(meter("input.audio"), dec("30")).build();

    assertThat(priced(row, usage("cache_read.audio", 1_000_000)).totalNanos())
        .isEqualTo(nanos("30"));
  }

  @Test
  void aSearchOfKnownSizeMayCostTheGeneralPriceButNotTheOtherWayRound() {
    PriceRow general = text().price(meter("requests.web_search"), dec("10000")).build();
    PriceRow sized = text().price(meter("requests.web_search_low"), dec("10000")).build();

    assertThat(priced(general, usage("requests.web_search_low", 1)).flags())
        .containsExactly(PriceFlag.UNIT_AT_GENERAL_PRICE);
    assertThat(unpriced(sized, usage("requests.web_search", 1)).reason())
        .isEqualTo(UnpricedReason.MISSING_PRICE);
  }

  @Test
  void aMeterThatNobodyHereKnowsHasNoPrice() {
    UnknownMeter newer = new UnknownMeter("thoughts.deep");

    assertThat(unpriced(text().build(), usage("input", 5, newer, 7)).missing())
        .containsExactly(newer);
  }

  @Test
  void freeIsAPriceOfZeroThatSomebodyStated() {
    PriceRow free =
        model().price(TokenMeter.INPUT, dec("0")).price(TokenMeter.OUTPUT, dec("0.0")).build();

    assertThat(free.status()).isEqualTo(PriceRow.Status.FREE);
    assertThat(price(free, usage("input", 5, "output", 5))).isInstanceOf(Free.class);
    // Free tokens do not make a search free.
    Unpriced search = unpriced(free, usage("input", 5, "requests.web_search", 1));
    assertThat(search.missing()).containsExactly(meter("requests.web_search"));
    assertThat(search.lines()).hasSize(1);
  }

  @Test
  void unpricedSaysWhyAndWhatIsKnown() {
    Unpriced missing = unpriced(text().build(), usage("input", 1_000_000, "pages", 3));
    assertThat(missing.reason()).isEqualTo(UnpricedReason.MISSING_PRICE);
    assertThat(missing.missing()).containsExactly(meter("pages"));
    assertThat(missing.lines()).extracting(CostLine::amountNanos).containsExactly(nanos("2"));

    Unpriced none = unpriced(model().build(), usage("input", 1, "output", 2, "reasoning", 1));
    assertThat(none.reason()).isEqualTo(UnpricedReason.NO_PRICE);
    assertThat(none.missing()).containsExactly(TokenMeter.INPUT, TokenMeter.OUTPUT);

    UsageToPrice other = UsageToPrice.request(ModelName.of("acme", "two"), quantities("input", 1));
    assertThat(unpriced(text().build(), other).reason()).isEqualTo(UnpricedReason.UNKNOWN_MODEL);
  }

  @Test
  void severalRowsWithDifferentPricesAreNotChosenFrom() {
    Pricer pricer =
        new Pricer(
            book(
                row("acme", "m-2026-01-01").price(TokenMeter.INPUT, dec("1")).build(),
                row("acme", "m-2026-02-01").price(TokenMeter.INPUT, dec("2")).build()));

    assertThat(
            pricer.price(UsageToPrice.request(ModelName.of("acme", "m"), quantities("input", 1))))
        .isInstanceOfSatisfying(
            Unpriced.class, u -> assertThat(u.reason()).isEqualTo(UnpricedReason.AMBIGUOUS_MODEL));
  }

  @Test
  void nothingUsedCostsNothingAndIsPriced() {
    assertThat(priced(text(), usage()).totalNanos()).isZero();
  }

  @Test
  void anAmountThatDoesNotFitIsAnErrorAndNotASmallerAmount() {
    PriceRow row = text().build();

    assertThatThrownBy(() -> price(row, usage("output", Long.MAX_VALUE)))
        .isInstanceOf(AmountOutOfRangeException.class);
    // Each line fits (4.6 billion dollars), the sum does not.
    PriceRow large =
        model()
            .price(TokenMeter.INPUT, dec("1000000"))
            .price(TokenMeter.OUTPUT, dec("1000000"))
            .build();
    assertThatThrownBy(() -> price(large, usage("input", 5_000_000_000L, "output", 5_000_000_000L)))
        .isInstanceOf(AmountOutOfRangeException.class);
  }

  @Test
  void halfANanoGoesToTheEvenNeighbour() {
    // 1 token at 0.0005 per million is half a nano.
    assertThat(
            List.of("0.0005", "0.0015", "0.0025", "0.0035").stream()
                .map(
                    p -> priced(model().price(TokenMeter.INPUT, dec(p)).build(), usage("input", 1)))
                .map(Priced::totalNanos))
        .containsExactly(0L, 2L, 2L, 4L);
    // A hair above half is not half.
    assertThat(
            priced(
                    model().price(TokenMeter.INPUT, dec("0.000500000001")).build(),
                    usage("input", 1))
                .totalNanos())
        .isEqualTo(1);
  }

  private static PriceRow.Builder text() {
    return model().price(TokenMeter.INPUT, dec("2")).price(TokenMeter.OUTPUT, dec("10"));
  }

  private static PriceResult price(PriceRow row, UsageToPrice usage) {
    return new Pricer(book(row)).price(usage);
  }

  private static Priced priced(PriceRow.Builder row, UsageToPrice usage) {
    return priced(row.build(), usage);
  }

  private static Priced priced(PriceRow row, UsageToPrice usage) {
    return (Priced) price(row, usage);
  }

  private static Unpriced unpriced(PriceRow row, UsageToPrice usage) {
    return (Unpriced) price(row, usage);
  }
}
