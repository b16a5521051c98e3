package dev.fourthpillar.comp.calculate;

import static dev.fourthpillar.comp.calculate.OfferTool.cents;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.v1.CompareOffersResponse;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two offers side by side. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/comp"})
final class OfferCasesTest {
  private static OfferTool tool;

  @BeforeAll
  static void start(TestDatabase database) {
    tool = OfferTool.start(database);
  }

  @AfterAll
  static void stop() {
    tool.close();
  }

  /**
   * 300,000 in cash against 250,000 and 100,000 of tokens: 50,000 / 100,000, so a token dollar must
   * be worth half of one.
   */
  @Test
  void theyBreakEvenWhereATokenDollarIsWorthFiftyCents() {
    CompareOffersResponse compared =
        tool.compare(offer("first", 300_000, "") + offer("second", 250_000, TOKENS));

    assertThat(cents(compared.getClassicTcDifference())).isEqualTo("-50000.00");
    assertThat(cents(compared.getTokensAtFaceDifference())).isEqualTo("100000.00");
    assertThat(cents(compared.getNextOfferAnchorDifference()))
        .as("tokens do not show up in the next offer")
        .isEqualTo("-50000.00");
    assertThat(compared.getBreakEven().getValue().getValue()).isEqualTo("0.5000");
  }

  /** More of both: (300,000 − 250,000) / (0 − 100,000) is −0.5; no token price makes them equal. */
  @Test
  void anOfferWithMoreOfBothBreaksEvenBelowZero() {
    CompareOffersResponse compared =
        tool.compare(offer("first", 300_000, TOKENS) + offer("second", 250_000, ""));

    assertThat(compared.getBreakEven().getValue().getValue()).isEqualTo("-0.5000");
  }

  @Test
  void withTheSameTokensThereIsNoBreakEven() {
    CompareOffersResponse compared =
        tool.compare(offer("first", 300_000, TOKENS) + offer("second", 250_000, TOKENS));

    assertThat(compared.getBreakEven().getAbsentReason())
        .isEqualTo("both sides hold the same amount of tokens");
    assertThat(cents(compared.getTokensAtFaceDifference())).isEqualTo("0.00");
  }

  @Test
  void withoutAFaceValueThereIsNoneEither() {
    CompareOffersResponse compared =
        tool.compare(
            offer("first", 300_000, TOKENS) + offer("second", 250_000, "tokens { uncapped {} }"));

    assertThat(compared.getBreakEven().getAbsentReason())
        .isEqualTo("an uncapped budget has no face value");
    assertThat(compared.hasTokensAtFaceDifference()).isFalse();
    assertThat(cents(compared.getClassicTcDifference())).isEqualTo("-50000.00");
  }

  /**
   * The rest is all but tokens, benefits included, in one currency: 300,000 + 10,000 against
   * 2,625,000 SEK / 10.5 = 250,000; 60,000 / 100,000.
   */
  @Test
  void theRestIsAllButTokensInOneCurrency() {
    CompareOffersResponse compared =
        tool.compare(
            offer(
                    "first",
                    300_000,
                    "benefits { id: 'b' amount { currency_code: 'USD' units: 10000 } }")
                + offer("second", 2_625_000, TOKENS).replaceFirst("'USD'", "'SEK'")
                + """
                currency_code: 'USD'
                rates {
                  source_currency_code: 'USD'
                  target_currency_code: 'SEK'
                  rate { value: '10.5' }
                  date { year: 2026 month: 1 day: 1 }
                }
                """);

    assertThat(compared.getBreakEven().getValue().getValue()).isEqualTo("0.6000");
    assertThat(cents(compared.getSecond().getAnnualised().getBase())).isEqualTo("250000.00");
  }

  private static final String TOKENS = "tokens { amount { currency_code: 'USD' units: 100000 } }";

  private static String offer(String name, int base, String rest) {
    return """
        %s {
          start_date { year: 2026 month: 1 day: 1 }
          base { amount { currency_code: 'USD' units: %d } }
          %s
        }
        """
        .formatted(name, base, rest);
  }
}
