package dev.fourthpillar.budget.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.pricing.cost.PriceResult;
import dev.fourthpillar.pricing.cost.TwoSidedPricer.BothSides;
import dev.fourthpillar.pricing.cost.UsageToPrice;
import dev.fourthpillar.pricing.naming.ModelName;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How price books become prices. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class PriceServiceTest {
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

  private final PriceService prices = new PriceService(new PriceBookRepository());
  private Jdbi jdbi;

  @BeforeEach
  void open(TestDatabase database) {
    jdbi = JdbiSettings.apply(Jdbi.create(database.another().dataSource()));
  }

  @Test
  void aBookCountsWhenAllItsRowsAreThereWhicheverComesLast() {
    rows("b1", 2, row("nova-2", "4"), "");
    activate("b1", "2026-01-01T00:00:00Z", 2, "0.4", "2026-01-01T00:00:00Z");
    assertThat(table().at(MARCH)).isEmpty();

    rows("b1", 1, row("nova-1", "2"), "");
    Prices book = table().at(MARCH).orElseThrow();

    assertThat(book.bookId()).isEqualTo("b1");
    assertThat(book.currency()).isEqualTo("USD");
    // 1,000 tokens at 2 and at 4 dollars per million; the employer pays 60 % of it.
    assertThat(nanos(price("nova-1").list())).isEqualTo(2_000_000);
    assertThat(nanos(price("nova-1").employer())).isEqualTo(1_200_000);
    assertThat(nanos(price("nova-2").list())).isEqualTo(4_000_000);
    assertThat(table().at(Instant.parse("2025-12-31T23:59:59Z"))).isEmpty();
  }

  @Test
  void theEmployersOwnRatesReplaceTheDiscount() {
    rows("b1", 1, row("nova-1", "2"), row("nova-1", "0.5"));
    activate("b1", "2026-01-01T00:00:00Z", 1, "0.4", "2026-01-01T00:00:00Z");

    assertThat(nanos(price("nova-1").employer())).isEqualTo(500_000);
  }

  @Test
  void theBookOfTheCallsTimeCountsAndOfTwoSinceOneTimeTheLaterActivated() {
    rows("old", 1, row("nova-1", "1"), "");
    activate("old", "2026-01-01T00:00:00Z", 1, "0", "2026-01-01T00:00:00Z");
    rows("wrong", 1, row("nova-1", "9"), "");
    activate("wrong", "2026-02-01T00:00:00Z", 1, "0", "2026-02-01T00:00:00Z");
    assertThat(table().at(MARCH).orElseThrow().bookId()).isEqualTo("wrong");

    rows("corrected", 1, row("nova-1", "3"), "");
    activate("corrected", "2026-02-01T00:00:00Z", 1, "0", "2026-02-03T00:00:00Z");

    assertThat(table().at(Instant.parse("2026-01-31T00:00:00Z")).orElseThrow().bookId())
        .isEqualTo("old");
    assertThat(nanos(price("nova-1").list())).isEqualTo(3_000_000);
    assertThat(prices.table().at(MARCH).orElseThrow().bookId())
        .as("without a look at the database")
        .isEqualTo("corrected");
  }

  @Test
  void aBookThatCannotBeReadLeavesTheOthersAlone() {
    rows("good", 1, row("nova-1", "1"), "");
    activate("good", "2026-01-01T00:00:00Z", 1, "0", "2026-01-01T00:00:00Z");
    rows("bad", 1, "{}", "");
    activate("bad", "2026-02-01T00:00:00Z", 1, "0", "2026-02-01T00:00:00Z");

    assertThat(table().at(MARCH).orElseThrow().bookId()).isEqualTo("good");
  }

  private void rows(String book, int chunk, String list, String employer) {
    jdbi.useTransaction(
        handle -> {
          BookChunk told = new BookChunk(book, chunk, list, employer);
          assertThat(prices.rows(handle, told)).isTrue();
          assertThat(prices.rows(handle, told)).as("a second time").isFalse();
        });
  }

  private void activate(String book, String from, int chunks, String discount, String at) {
    jdbi.useTransaction(
        handle ->
            assertThat(
                    prices.activated(
                        handle,
                        new BookActivation(
                            book,
                            "USD",
                            Instant.parse(from),
                            chunks,
                            new BigDecimal(discount),
                            Instant.parse(at))))
                .isTrue());
  }

  private PriceTable table() {
    return jdbi.inTransaction(prices::table);
  }

  private BothSides price(String model) {
    return table()
        .at(MARCH)
        .orElseThrow()
        .pricer()
        .price(
            UsageToPrice.request(
                ModelName.of("acme", model), Quantities.of(Meter.parse("input"), 1_000)));
  }

  private static long nanos(PriceResult result) {
    return ((PriceResult.Priced) result).totalNanos();
  }

  private static String row(String model, String price) {
    return """
        {"format": "fourthpillar.pricebook/1", "id": "list", "version": 1, "currency": "USD",
         "effectiveFrom": "2026-01-01T00:00:00Z", "source": "made for this test",
         "rows": [{"provider": "acme", "model": "%s", "source": "made for this test",
                   "prices": {"standard": {"0": {"input": "%s"}}}}]}
        """
        .formatted(model, price);
  }
}
