package dev.fourthpillar.pricing.cost;

import static dev.fourthpillar.pricing.TestBooks.book;
import static dev.fourthpillar.pricing.TestBooks.dec;
import static dev.fourthpillar.pricing.TestBooks.meter;
import static dev.fourthpillar.pricing.TestBooks.model;
import static dev.fourthpillar.pricing.TestBooks.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.PropertyDose;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.book.ThresholdRule;
import dev.fourthpillar.pricing.cost.PriceResult.Free;
import dev.fourthpillar.pricing.cost.PriceResult.Priced;
import dev.fourthpillar.pricing.cost.PriceResult.Unpriced;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AddLifecycleHook;

@AddLifecycleHook(PropertyDose.class)
class CostPropertiesTest {

  private static final List<Meter> METERS =
      List.of(
          TokenMeter.INPUT,
          TokenMeter.CACHE_READ,
          TokenMeter.CACHE_WRITE_5M,
          TokenMeter.OUTPUT,
          meter("pages"),
          meter("requests.web_search"));

  private static final long SMALL = 10_000_000;

  /** Long division by hand: independent of BigDecimal's rounding. */
  @Property
  void anAmountIsTheExactProductRoundedHalfEven(
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long tokens,
      @ForAll("finePrices") BigDecimal price) {
    BigInteger product =
        price.movePointRight(12).toBigIntegerExact().multiply(BigInteger.valueOf(tokens));
    BigInteger[] parts = product.divideAndRemainder(BigInteger.TEN.pow(9));
    int half = parts[1].shiftLeft(1).compareTo(BigInteger.TEN.pow(9));
    boolean up = half > 0 || (half == 0 && parts[0].testBit(0));

    assertThat(Nanos.cost(tokens, price)).isEqualTo(parts[0].longValueExact() + (up ? 1 : 0));
  }

  @Property
  void halfANanoGoesToTheEvenNeighbour(@ForAll @IntRange(min = 0, max = 1_000_000) int k) {
    // (2k + 1) × 0.0005 per million is k + ½ nanos a token.
    BigDecimal price = dec("0.0005").multiply(BigDecimal.valueOf(2L * k + 1));

    assertThat(Nanos.cost(1, price)).isEqualTo(k % 2 == 0 ? k : k + 1);
  }

  @Property
  void partsOfASplitAddUpExactlyWhereNothingIsRounded(
      @ForAll @Size(min = 1, max = 10) List<@From("usages") Quantities> parts) {
    // Three decimals per million make whole nanos per token.
    Pricer pricer = pricer(prices("2.125", "0.213", "2.657", "10.001", "4000", "35000"));

    assertThat(parts.stream().mapToLong(part -> total(pricer, part)).sum())
        .isEqualTo(total(pricer, whole(parts)));
  }

  @Property
  void partsOfASplitDifferByAtMostHalfANanoALine(
      @ForAll @Size(min = 1, max = 10) List<@From("usages") Quantities> parts,
      @ForAll("finePrices") BigDecimal price) {
    Map<Meter, BigDecimal> prices = new HashMap<>();
    METERS.forEach(meter -> prices.put(meter, price));
    Pricer pricer = pricer(prices);
    long sum = parts.stream().mapToLong(part -> total(pricer, part)).sum();
    long lines = parts.stream().mapToLong(part -> part.counts().size()).sum() + METERS.size();

    assertThat(2 * Math.abs(sum - total(pricer, whole(parts)))).isLessThanOrEqualTo(lines);
  }

  @Property
  void orderOfRecordsAndMetersDoesNotMatter(
      @ForAll @Size(min = 1, max = 10) List<@From("usages") Quantities> records,
      @ForAll Random random) {
    Pricer pricer = pricer(prices("2.1", "0.21", "2.6", "10.7", "4000", "35000"));
    List<Quantities> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, random);
    assertThat(whole(shuffled)).isEqualTo(whole(records));
    assertThat(shuffled.stream().mapToLong(r -> total(pricer, r)).sum())
        .isEqualTo(records.stream().mapToLong(r -> total(pricer, r)).sum());

    List<Meter> meters = new ArrayList<>(METERS);
    Collections.shuffle(meters, random);
    Quantities rebuilt = Quantities.none();
    for (Meter meter : meters) {
      rebuilt = rebuilt.with(meter, records.getFirst().count(meter));
    }
    assertThat(price(pricer, rebuilt)).isEqualTo(price(pricer, records.getFirst()));
  }

  @Property
  void moreNeverCostsLessAlsoAcrossRisingTiers(
      @ForAll("usages") Quantities some, @ForAll("usages") Quantities more) {
    PriceRow.Builder row = model();
    prices("2.1", "0.21", "2.6", "10.7", "4000", "35000").forEach(row::price);
    row.price(ServiceTier.STANDARD, SMALL, TokenMeter.INPUT, dec("4.2"));
    row.price(ServiceTier.STANDARD, SMALL, TokenMeter.OUTPUT, dec("15"));
    Pricer pricer = new Pricer(book(row.build()));

    assertThat(total(pricer, some.plus(more))).isGreaterThanOrEqualTo(total(pricer, some));
  }

  @Property
  void aTierBeginsOverItsThresholdOrAtIt(
      @ForAll @LongRange(min = 2, max = 2_000_000) long threshold,
      @ForAll ThresholdRule rule,
      @ForAll @LongRange(min = 0, max = 2_000_000) long cached) {
    PriceRow row =
        model()
            .thresholdRule(rule)
            .price(TokenMeter.INPUT, dec("1"))
            .price(TokenMeter.CACHE_READ, dec("1"))
            .price(ServiceTier.STANDARD, threshold, TokenMeter.INPUT, dec("3"))
            .price(ServiceTier.STANDARD, threshold, TokenMeter.CACHE_READ, dec("3"))
            .build();
    Pricer pricer = new Pricer(book(row));
    long first = rule == ThresholdRule.OVER ? threshold + 1 : threshold;
    long read = Math.min(cached, first - 1);

    // The prompt is what counts, however it is divided into kinds; all kinds switch at once.
    assertThat(total(pricer, prompt(first - 1, Math.min(read, first - 1))))
        .isEqualTo((first - 1) * 1_000);
    assertThat(total(pricer, prompt(first, read))).isEqualTo(first * 3_000);
  }

  @Property
  void freeUnpricedAndPricedAreToldApart(
      @ForAll("stated") Map<Meter, BigDecimal> stated, @ForAll("usages") Quantities used) {
    PriceRow.Builder row = model();
    stated.forEach(row::price);
    Set<Meter> covered =
        used.counts().keySet().stream()
            .filter(m -> stated.containsKey(m) || hasSubstitute(stated, m))
            .collect(Collectors.toSet());
    boolean charged =
        covered.stream().anyMatch(m -> stated.getOrDefault(m, input(stated)).signum() > 0);

    PriceResult result = new Pricer(book(row.build())).price(usageOf(used));

    switch (result) {
      case Unpriced unpriced -> {
        assertThat(stated.isEmpty() || covered.size() < used.counts().size()).isTrue();
        assertThat(unpriced.missing()).isNotEmpty().noneMatch(covered::contains);
      }
      case Free free -> {
        assertThat(covered).hasSameSizeAs(used.counts().keySet());
        assertThat(charged).isFalse();
        assertThat(free.lines()).isNotEmpty();
      }
      case Priced priced -> {
        assertThat(covered).hasSameSizeAs(used.counts().keySet());
        assertThat(charged).isTrue();
        assertThat(priced.lines().stream().mapToLong(CostLine::amountNanos).sum())
            .isEqualTo(priced.totalNanos());
      }
    }
  }

  private static boolean hasSubstitute(Map<Meter, BigDecimal> stated, Meter meter) {
    boolean cache = meter.equals(TokenMeter.CACHE_READ) || meter.equals(TokenMeter.CACHE_WRITE_5M);
    return cache && stated.containsKey(TokenMeter.INPUT);
  }

  private static BigDecimal input(Map<Meter, BigDecimal> stated) {
    return stated.getOrDefault(TokenMeter.INPUT, BigDecimal.ZERO);
  }

  private static Quantities prompt(long tokens, long read) {
    return Quantities.of(TokenMeter.INPUT, tokens - read).with(TokenMeter.CACHE_READ, read);
  }

  private static Quantities whole(List<Quantities> parts) {
    return parts.stream().reduce(Quantities.none(), Quantities::plus);
  }

  private static Map<Meter, BigDecimal> prices(String... perMillion) {
    Map<Meter, BigDecimal> prices = new HashMap<>();
    for (int i = 0; i < perMillion.length; i++) {
      prices.put(METERS.get(i), dec(perMillion[i]));
    }
    return prices;
  }

  private static Pricer pricer(Map<Meter, BigDecimal> prices) {
    PriceRow.Builder row = model();
    prices.forEach(row::price);
    return new Pricer(book(row.build()));
  }

  private static UsageToPrice usageOf(Quantities quantities) {
    return UsageToPrice.request(usage().model(), quantities);
  }

  private static PriceResult price(Pricer pricer, Quantities quantities) {
    return pricer.price(usageOf(quantities));
  }

  private static long total(Pricer pricer, Quantities quantities) {
    return switch (price(pricer, quantities)) {
      case Priced priced -> priced.totalNanos();
      case Free _ -> 0;
      case Unpriced unpriced -> throw new AssertionError(unpriced);
    };
  }

  @Provide
  Arbitrary<Quantities> usages() {
    return Arbitraries.maps(Arbitraries.of(METERS), Arbitraries.longs().between(1, SMALL))
        .ofMinSize(1)
        .map(Quantities::of);
  }

  @Provide
  Arbitrary<BigDecimal> finePrices() {
    return Arbitraries.bigDecimals().between(BigDecimal.ZERO, dec("1000")).ofScale(12);
  }

  @Provide
  Arbitrary<Map<Meter, BigDecimal>> stated() {
    return Arbitraries.maps(
        Arbitraries.of(METERS),
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(BigDecimal.ZERO)),
            Tuple.of(1, Arbitraries.bigDecimals().between(dec("0.01"), dec("9")))));
  }
}
