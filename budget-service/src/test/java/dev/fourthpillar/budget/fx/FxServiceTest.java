package dev.fourthpillar.budget.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rate converts what, and to which nano. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class FxServiceTest {
  private final FxService rates = new FxService(new FxRepository());
  private Jdbi jdbi;

  @BeforeEach
  void open(TestDatabase database) {
    jdbi = JdbiSettings.apply(Jdbi.create(database.another().dataSource()));
  }

  @Test
  void theRateOfTheEventsUtcDayCounts() {
    publish("r1", "USD", "SEK", "10.5", "2026-03-01", 1);
    publish("r2", "USD", "SEK", "11", "2026-03-02", 2);

    assertThat(id("USD", "SEK", "2026-03-01T23:59:59Z")).contains("r1");
    assertThat(id("USD", "SEK", "2026-03-02T00:00:00Z")).contains("r2");
  }

  @Test
  void aDayWithoutAQuoteUsesTheLatestEarlierOneForSevenDays() {
    publish("r1", "USD", "SEK", "10.5", "2026-03-01", 1);

    assertThat(id("USD", "SEK", "2026-03-08T12:00:00Z")).contains("r1");
    assertThat(id("USD", "SEK", "2026-03-09T00:00:00Z")).isEmpty();
    assertThat(id("USD", "SEK", "2026-02-28T12:00:00Z")).as("never a later one").isEmpty();
  }

  @Test
  void theOppositeQuoteIsDividedByExactlyAndOnlyWhereThereIsNoDirectOne() {
    publish("r1", "SEK", "USD", "0.3", "2026-03-01", 1);

    Conversion opposite = at("USD", "SEK", "2026-03-01T12:00:00Z").orElseThrow();
    // 1 ÷ 0.3 = 3.333333333|3…, and 2 ÷ 0.3 = 6.666666666|6…: never twice the rounded inverse.
    assertThat(opposite.convert(usd("1"))).isEqualTo(new Amount("SEK", 3_333_333_333L));
    assertThat(opposite.convert(usd("2"))).isEqualTo(new Amount("SEK", 6_666_666_667L));
    assertThat(opposite.convert(usd("-2"))).isEqualTo(new Amount("SEK", -6_666_666_667L));

    publish("r2", "USD", "SEK", "3", "2026-02-27", 1);
    assertThat(id("USD", "SEK", "2026-03-01T12:00:00Z")).contains("r2");
  }

  @Test
  void aConversionRoundsOnceHalfEvenToNanos() {
    publish("r1", "USD", "SEK", "10.5", "2026-03-01", 1);
    Conversion direct = at("USD", "SEK", "2026-03-01T12:00:00Z").orElseThrow();

    // 1 and 3 nanos × 10.5 = 10.5 and 31.5 nanos.
    assertThat(direct.convert(new Amount("USD", 1))).isEqualTo(new Amount("SEK", 10));
    assertThat(direct.convert(new Amount("USD", 3))).isEqualTo(new Amount("SEK", 32));
    assertThatThrownBy(() -> direct.convert(new Amount("USD", Long.MAX_VALUE)))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("AMOUNT_OUT_OF_RANGE");
  }

  @Test
  void aCorrectedQuoteCountsAndNothingIsPutBetweenTwoCurrencies() {
    publish("r1", "USD", "SEK", "10.5", "2026-03-01", 1);
    publish("r1-corrected", "USD", "SEK", "10.6", "2026-03-01", 2);
    publish("r3", "EUR", "SEK", "11", "2026-03-01", 1);

    assertThat(id("USD", "SEK", "2026-03-01T12:00:00Z")).contains("r1-corrected");
    assertThat(id("EUR", "USD", "2026-03-01T12:00:00Z")).isEmpty();
  }

  @Test
  void oneCurrencyNeedsNoRate() {
    Conversion same = at("USD", "USD", "2026-03-01T12:00:00Z").orElseThrow();

    assertThat(same.convert(usd("5"))).isEqualTo(usd("5"));
    assertThat(same.quoteId()).isEmpty();
  }

  private void publish(
      String id, String source, String target, String rate, String day, long version) {
    jdbi.useTransaction(
        handle -> {
          Quote quote =
              new Quote(id, source, target, new BigDecimal(rate), LocalDate.parse(day), version);
          assertThat(rates.publish(handle, quote)).isTrue();
          assertThat(rates.publish(handle, quote)).as("a second time").isFalse();
        });
  }

  private Optional<Conversion> at(String source, String target, String time) {
    return jdbi.withHandle(handle -> rates.at(handle, source, target, Instant.parse(time)));
  }

  private Optional<String> id(String source, String target, String time) {
    return at(source, target, time).flatMap(Conversion::quoteId);
  }

  private static Amount usd(String units) {
    return new Amount("USD", new BigDecimal(units).movePointRight(9).longValueExact());
  }
}
