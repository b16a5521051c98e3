package dev.fourthpillar.pricing.litellm;

import static dev.fourthpillar.pricing.TestBooks.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.pricing.PublicPriceFile;
import dev.fourthpillar.pricing.book.ModelKey;
import dev.fourthpillar.pricing.book.PriceBook;
import dev.fourthpillar.pricing.book.PriceRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole public file, counted a second time by a plain parser. Skipped where it is absent. */
class PublicPriceFileTest {

  private static final Duration SECONDS = Duration.ofSeconds(10);

  private static JsonNode file;
  private static PriceBook book;
  private static ImportReport report;
  private static Duration took;

  @BeforeAll
  static void readTheFile() throws IOException {
    Path path = PublicPriceFile.orSkip();
    file = new ObjectMapper().readTree(path.toFile());
    long start = System.nanoTime();
    try (InputStream in = Files.newInputStream(path)) {
      LiteLlmImport.Imported result = (LiteLlmImport.Imported) LiteLlmImporter.read(header(1), in);
      book = result.book();
      report = result.report();
    }
    took = Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void isReadInSeconds() {
    assertThat(took).isLessThan(SECONDS);
  }

  @Test
  void everyEntryIsInExactlyOneBucketAndEveryRowIsAnEntry() {
    assertThat(report.entries()).hasSize(file.size());
    file.fieldNames().forEachRemaining(id -> assertThat(report.entries()).containsKey(id));
    assertThat(report.count(EntryOutcome.NotAModel.class)).isEqualTo(2);

    Map<String, PriceRow.Status> rows = new TreeMap<>();
    report
        .entries()
        .forEach(
            (id, outcome) -> {
              switch (outcome) {
                case EntryOutcome.Imported(ModelKey key) ->
                    rows.put(status(id, key), PriceRow.Status.PRICED);
                case EntryOutcome.Free(ModelKey key) ->
                    rows.put(status(id, key), PriceRow.Status.FREE);
                case EntryOutcome.WithoutPrice(ModelKey key) ->
                    rows.put(status(id, key), PriceRow.Status.NO_PRICE);
                case EntryOutcome.Rejected(String reason) -> assertThat(reason).isNotBlank();
                case EntryOutcome.NotAModel() -> {}
              }
            });
    assertThat(rows).hasSize(book.rows().size());
    book.rows()
        .values()
        .forEach(row -> assertThat(rows).containsEntry(row.key().model(), row.status()));
  }

  private static String status(String id, ModelKey key) {
    assertThat(key).isEqualTo(new ModelKey(file.get(id).get("litellm_provider").asText(), id));
    return id;
  }

  @Test
  void bucketsAreTheOnesCountedByHand() {
    long free = 0;
    long without = 0;
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      Set<Boolean> zero = new java.util.HashSet<>();
      entry.getValue().properties().stream()
          .filter(f -> f.getKey().contains("cost") && !f.getKey().contains("_credit"))
          .forEach(f -> collect(f.getValue(), zero));
      boolean tiered = entry.getValue().path("tiered_pricing").findValue("range") != null;
      boolean model =
          entry.getValue().has("litellm_provider") && !entry.getKey().equals("sample_spec");
      free += model && !tiered && zero.equals(Set.of(true)) ? 1 : 0;
      without += model && !tiered && zero.isEmpty() ? 1 : 0;
    }

    assertThat(report.count(EntryOutcome.Free.class)).isEqualTo(free);
    assertThat(report.count(EntryOutcome.WithoutPrice.class)).isEqualTo(without);
  }

  private static void collect(JsonNode value, Set<Boolean> zero) {
    if (value.isNumber()) {
      zero.add(value.asText().replaceAll("[eE].*", "").matches("[0.]+"));
    }
    value.forEach(inner -> collect(inner, zero));
  }

  @Test
  void everyFieldIsAccountedFor() {
    Map<String, Integer> counted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      if (report.entries().get(entry.getKey()) instanceof EntryOutcome.NotAModel) {
        continue;
      }
      entry.getValue().fieldNames().forEachRemaining(f -> counted.merge(f, 1, Integer::sum));
    }
    // Objects and lists are reported by what is inside them.
    Set<String> outer =
        Set.of("tiered_pricing", "provider_specific_entry", "search_context_cost_per_query");
    counted.keySet().removeAll(outer);
    Map<String, Integer> reported = new TreeMap<>();
    report.fields().forEach((name, field) -> reported.put(name, field.count()));
    reported.keySet().removeIf(name -> outer.stream().anyMatch(o -> name.startsWith(o + ".")));

    assertThat(reported).isEqualTo(counted);
  }

  @Test
  void whatIsNotSupportedIsKnown() {
    assertThat(report.fields(FieldUse.NOT_SUPPORTED))
        .containsOnlyKeys(
            "citation_cost_per_token",
            "input_cost_per_video_per_second_above_15s_interval",
            "input_cost_per_video_per_second_above_8s_interval",
            "input_dbu_cost_per_token",
            "ocr_cost_per_credit",
            "output_cost_per_second_1080p",
            "output_dbu_cost_per_token",
            "provider_specific_entry.bedrock_invocation_schema",
            "tiered_pricing.input_cost_per_query",
            "tiered_pricing.max_results_range",
            "web_search_billing_unit");
  }

  @Test
  void onlyPricesAMillionTimesTooHighAreRejected() {
    report
        .entries()
        .values()
        .forEach(
            outcome -> {
              if (outcome instanceof EntryOutcome.Rejected(String reason)) {
                assertThat(reason).contains("USD per million tokens");
              }
            });
    assertThat(report.count(EntryOutcome.Rejected.class)).isEqualTo(11);
  }
}
