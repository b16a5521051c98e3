package dev.fourthpillar.pricing.book;

import static dev.fourthpillar.pricing.TestBooks.quantities;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.PublicPriceFile;
import dev.fourthpillar.pricing.cost.PriceResult;
import dev.fourthpillar.pricing.cost.Pricer;
import dev.fourthpillar.pricing.cost.UsageToPrice;
import dev.fourthpillar.pricing.litellm.LiteLlmImport;
import dev.fourthpillar.pricing.litellm.LiteLlmImporter;
import dev.fourthpillar.pricing.naming.ModelName;
import java.io.InputStream;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SeedPriceBookTest {

  private final PriceBook seed = SeedPriceBook.load();

  @Test
  void hasCurrentModelsOfManyProvidersAndASourceForEachRow() {
    assertThat(seed.rows()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(seed.rows().keySet().stream().map(ModelKey::provider).distinct())
        .hasSizeGreaterThanOrEqualTo(8);
    assertThat(seed.rows().values())
        .allSatisfy(
            row -> {
              assertThat(row.source()).contains("BerriAI/litellm").contains("2026-08-06");
              assertThat(row.status()).isEqualTo(PriceRow.Status.PRICED);
            });
  }

  @Test
  void pricesWhatTheCapturesUseAndNotWhatNobodySells() {
    Pricer pricer = new Pricer(seed);

    assertThat(price(pricer, "openai", "gpt-5.4")).isInstanceOf(PriceResult.Priced.class);
    assertThat(price(pricer, "anthropic", "claude-sonnet-4-5"))
        .isInstanceOf(PriceResult.Priced.class);
    assertThat(price(pricer, "gemini", "gemini-2.5-flash")).isInstanceOf(PriceResult.Priced.class);
    assertThat(price(pricer, "anthropic", "claude-fake-1"))
        .isInstanceOf(PriceResult.Unpriced.class);
  }

  @Test
  void everyRowIsThePublicFilesRow() throws Exception {
    LiteLlmImport result;
    try (InputStream in = Files.newInputStream(PublicPriceFile.orSkip())) {
      result = LiteLlmImporter.read(seed.header(), in);
    }
    PriceBook published = ((LiteLlmImport.Imported) result).book();

    assertThat(seed.rows().values())
        .allSatisfy(
            row ->
                assertThat(published.row(row.key()).orElseThrow().samePricesAs(row))
                    .as("%s", row.key())
                    .isTrue());
  }

  private static PriceResult price(Pricer pricer, String provider, String model) {
    return pricer.price(
        UsageToPrice.request(
            ModelName.of(provider, model), quantities("input", 10, "cache_read", 20, "output", 5)));
  }
}
