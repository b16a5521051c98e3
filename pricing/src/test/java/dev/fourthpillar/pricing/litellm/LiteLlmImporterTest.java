package dev.fourthpillar.pricing.litellm;

import static dev.fourthpillar.pricing.TestBooks.dec;
import static dev.fourthpillar.pricing.TestBooks.header;
import static dev.fourthpillar.pricing.TestBooks.meter;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.pricing.book.BookHeader;
import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceRow;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.book.ThresholdRule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a small file written for the tests in the format of the public one. */
class LiteLlmImporterTest {

  private static final LiteLlmImport.Imported SMALL = (LiteLlmImport.Imported) read(smallFile());

  @Test
  void everyEntryHasOneOutcome() {
    ImportReport report = SMALL.report();

    assertThat(report.count(EntryOutcome.NotAModel.class)).isEqualTo(2);
    assertThat(report.count(EntryOutcome.Imported.class)).isEqualTo(6);
    assertThat(report.count(EntryOutcome.Free.class)).isEqualTo(1);
    assertThat(report.count(EntryOutcome.WithoutPrice.class)).isEqualTo(2);
    assertThat(report.count(EntryOutcome.Rejected.class)).isEqualTo(4);
    assertThat(report.entries()).hasSize(15);
    assertThat(SMALL.book().rows()).hasSize(9);
  }

  @Test
  void tiersAndModesOfTokens() {
    PriceRow row = row("vendor", "everything");

    assertThat(price(row, ServiceTier.STANDARD, 0, "input")).isEqualByComparingTo("2.5");
    assertThat(price(row, ServiceTier.STANDARD, 272_000, "input")).isEqualByComparingTo("5");
    assertThat(price(row, ServiceTier.FLEX, 272_000, "cache_read")).isEqualByComparingTo("0.5");
    assertThat(price(row, ServiceTier.BATCH, 0, "output")).isEqualByComparingTo("7.5");
    assertThat(price(row, ServiceTier.PRIORITY, 0, "input")).isEqualByComparingTo("5");
    assertThat(price(row, ServiceTier.STANDARD, 0, "cache_write.1h")).isEqualByComparingTo("6");
    assertThat(price(row, ServiceTier.STANDARD, 200_000, "cache_write.1h"))
        .isEqualByComparingTo("12");
    assertThat(price(row, ServiceTier.STANDARD, 0, "reasoning")).isEqualByComparingTo("16");
    assertThat(row.serviceMultipliers()).containsEntry(ServiceTier.FAST, dec("6"));
    assertThat(row.regionMultipliers())
        .containsEntry("us", dec("1.1"))
        .containsEntry("eu", dec("1.2"));
    assertThat(row.thresholdRule()).isEqualTo(ThresholdRule.OVER);
    assertThat(row.source()).isEqualTo("made for a test; https://vendor.example/prices");
  }

  @Test
  void floatNoiseIsTakenOutAndFinePricesAreKept() {
    assertThat(price(row("vendor", "noisy"), ServiceTier.STANDARD, 0, "input"))
        .isEqualByComparingTo("0.30002");
    assertThat(price(row("vendor", "noisy"), ServiceTier.STANDARD, 0, "pixels.input"))
        .isEqualByComparingTo("0.002034505208");
    assertThat(SMALL.report().roundedPrices()).isEqualTo(2);
  }

  @Test
  void unitsBesideTokens() {
    PriceRow row = row("vendor", "units");

    assertThat(row.rates().get(ServiceTier.STANDARD).byThreshold().get(0L).pricePerMillion())
        .containsOnlyKeys(
            meter("characters.input"),
            meter("images.output"),
            meter("pages"),
            meter("pages.annotation"),
            meter("requests"),
            meter("requests.web_search_high"),
            meter("requests.web_search_low"),
            meter("requests.web_search_medium"),
            meter("seconds.input.audio"),
            meter("seconds.output.video"),
            meter("sessions"));
  }

  @Test
  void oneSearchPriceForAllSizesHoldsForUnknownSizesToo() {
    assertThat(price(row("vendor", "everything"), ServiceTier.STANDARD, 0, "requests.web_search"))
        .isEqualByComparingTo("10000");
  }

  @Test
  void rangesOfPromptSizes() {
    PriceRow row = row("vendor", "ranges");

    assertThat(price(row, ServiceTier.STANDARD, 0, "input")).isEqualByComparingTo("1");
    assertThat(price(row, ServiceTier.STANDARD, 32_000, "output")).isEqualByComparingTo("9");
    assertThat(row.lastTierLimit()).hasValue(128_000);
  }

  @Test
  void xAiReachesATierAtItsThreshold() {
    assertThat(row("xai", "xai/grok").thresholdRule()).isEqualTo(ThresholdRule.AT_OR_OVER);
  }

  @Test
  void zeroIsFreeOnlyIfStatedAndAbsentIsNotZero() {
    assertThat(row("vendor", "gift").status()).isEqualTo(PriceRow.Status.FREE);
    assertThat(row("vendor", "unknown-price").status()).isEqualTo(PriceRow.Status.NO_PRICE);
    assertThat(SMALL.report().zeroPrices()).containsOnlyKeys("output_cost_per_token");
  }

  @Test
  void pricesByNumberOfResultsAreNotMistakenForPricesOfEveryCall() {
    assertThat(row("vendor", "search").status()).isEqualTo(PriceRow.Status.NO_PRICE);
    assertThat(SMALL.report().fields(FieldUse.NOT_SUPPORTED))
        .containsEntry("tiered_pricing.input_cost_per_query", 2)
        .containsEntry("tiered_pricing.max_results_range", 2);
  }

  @Test
  void whatIsNotSupportedIsReportedByNameAndCount() {
    assertThat(SMALL.report().fields(FieldUse.NOT_SUPPORTED))
        .containsEntry("citation_cost_per_token", 2)
        .containsEntry("cost_of_something_new", 1)
        .containsEntry("input_cost_per_token_above_999k_tokens", 1)
        .containsEntry("provider_specific_entry.schema", 1)
        .doesNotContainKeys("max_tokens", "supports_anything", "input_cost_per_token");
    assertThat(SMALL.report().fields(FieldUse.INFORMATION))
        .containsEntry("supports_anything", 1)
        .containsEntry("max_tokens", 1);
  }

  @Test
  void entriesThatMakeNoSenseAreRejectedAloneWithTheReason() {
    assertThat(rejection("no-provider")).contains("provider: length 0");
    assertThat(rejection("contradiction")).contains("cache_read: two prices");
    assertThat(rejection("per-million-by-mistake"))
        .contains("3000000 USD per million tokens (expected: <= 10000)");
    assertThat(rejection("gap")).contains("a range starts at 64000 (expected: 32000)");
  }

  @Test
  void aDamagedFileIsRefusedWithAllProblems() {
    List<String> problems =
        refused(
            """
            {"a": {"litellm_provider": "p", "input_cost_per_token": -0.1,
                   "output_cost_per_token": NaN},
             "b": {"input_cost_per_token": "0.1", "output_cost_per_token": null},
             "c": 7,
             "d": {"litellm_provider": "p", "tiered_pricing": [{"range": [0, 9],
                   "input_cost_per_token": -1}], "provider_specific_entry": {"fast": Infinity}},
             "e": {"litellm_provider": "p", "input_cost_per_token": 1e-999999999},
             "f": {"litellm_provider": "p", "search_context_cost_per_query": 3},
             "fine": {"litellm_provider": "p", "input_cost_per_token": 0.1}}""");

    assertThat(problems)
        .hasSize(9)
        .contains(
            "a: input_cost_per_token: -0.1 is negative",
            "a: output_cost_per_token: NaN is not a number",
            "b: input_cost_per_token: \"0.1\" is not a number",
            "b: output_cost_per_token: null is not a number",
            "c: not an object",
            "d: provider_specific_entry.fast: Infinity is not a number",
            "f: search_context_cost_per_query: not an object");
  }

  @Test
  void whatIsNotJsonIsRefused() {
    assertThat(refused("{\"a\": {")).singleElement().asString().contains("malformed JSON: line 1");
    assertThat(refused("[]")).containsExactly("file: not a JSON object");
    assertThat(refused("")).containsExactly("file: not a JSON object");
    assertThat(refused("{\"a\": {}, \"a\": {}}")).singleElement().asString().contains("Duplicate");
    assertThat(refused("{}")).singleElement().asString().contains("rows: 0");
  }

  @Test
  void thePricesAreDollars() {
    BookHeader euros = new BookHeader("x", 1, Currency.getInstance("EUR"), Instant.EPOCH, "s");

    assertThatThrownBy(() -> LiteLlmImporter.read(euros, InputStream.nullInputStream()))
        .hasMessage("currency: EUR (expected: USD)");
  }

  private static PriceRow row(String provider, String id) {
    return SMALL.book().row(new ModelKey(provider, id)).orElseThrow();
  }

  private static BigDecimal price(PriceRow row, ServiceTier tier, long threshold, String meter) {
    return row.rates().get(tier).byThreshold().get(threshold).price(meter(meter)).orElseThrow();
  }

  private static String rejection(String id) {
    return ((EntryOutcome.Rejected) SMALL.report().entries().get(id)).reason();
  }

  private static List<String> refused(String json) {
    return ((LiteLlmImport.Refused) read(new ByteArrayInputStream(json.getBytes(UTF_8))))
        .problems();
  }

  private static InputStream smallFile() {
    return LiteLlmImporterTest.class.getResourceAsStream("small-price-file.json");
  }

  private static LiteLlmImport read(InputStream in) {
    try (in) {
      return LiteLlmImporter.read(header(1), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
