package dev.fourthpillar.pricing.book;

import static dev.fourthpillar.pricing.TestBooks.book;
import static dev.fourthpillar.pricing.TestBooks.dec;
import static dev.fourthpillar.pricing.TestBooks.meter;
import static dev.fourthpillar.pricing.TestBooks.model;
import static dev.fourthpillar.pricing.TestBooks.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class PriceBookJsonTest {

  @Test
  void whatIsWrittenIsReadAgain() {
    PriceBook book =
        book(
            model()
                .thresholdRule(ThresholdRule.AT_OR_OVER)
                .lastTierLimit(1_000_000)
                .price(TokenMeter.INPUT, dec("0.000000000001"))
                .price(TokenMeter.OUTPUT, dec("1E+3"))
                .price(ServiceTier.FLEX, 272_000, TokenMeter.CACHE_WRITE_1H, dec("0"))
                .price(meter("seconds.input.audio"), dec("30.83"))
                .serviceMultiplier(ServiceTier.FAST, dec("6"))
                .regionMultiplier("eu", dec("1.1"))
                .build(),
            row("nobody", "no-price").build());

    assertThat(read(PriceBookJson.write(book))).isEqualTo(book);
    assertThat(PriceBookJson.write(book)).contains("\"0.000000000001\"", "\"1000\"");
  }

  @Test
  void everyProblemIsListed() {
    String file =
        """
        {"format": "fourthpillar.pricebook/2", "id": "x", "version": 0, "currency": "USD",
         "effectiveFrom": "2026-01-01T00:00:00Z", "source": "s", "extra": 1,
         "rows": [
          {"provider": "p", "model": "a", "source": "s", "prices": {"standard": {"0": {"input": 3}}}},
          {"provider": "p", "model": "b", "source": "s", "prices": {"standard": {"0": {"inptu": "3"}}}},
          {"provider": "p", "model": "c", "source": "s", "prices": {"gold": {"0": {"input": "3"}}}},
          {"provider": "p", "model": "d", "source": "s", "prices": {"standard": {"0": {"input": "-3"}}}},
          {"provider": "p", "source": "s", "prize": {}},
          7
         ]}""";

    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            InvalidPriceBookException.class,
            e ->
                assertThat(String.join("\n", e.problems()))
                    .contains(
                        "unknown field extra",
                        "format: fourthpillar.pricebook/2",
                        "version: 0 (expected: >= 1)",
                        "rows[0]",
                        "a decimal in quotes",
                        "no such meter: inptu",
                        "GOLD",
                        "rows[3]: input: -3",
                        "rows[4]: unknown field prize",
                        "rows[4]: model: missing",
                        "rows[5]: not an object"));
  }

  @Test
  void aDamagedFileIsRefused() {
    assertThatThrownBy(() -> read("{\"format\": ")).hasMessageContaining("malformed JSON");
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("not a JSON object");
    assertThatThrownBy(() -> read("{} {}")).hasMessageContaining("malformed JSON");
    assertThatThrownBy(() -> read("{\"id\": 1, \"id\": 2}")).hasMessageContaining("Duplicate");
  }

  private static PriceBook read(String json) {
    try {
      return PriceBookJson.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
