package dev.fourthpillar.usage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each format says, in lines: days, provider, model, key, meters, cost in nanos. */
class ReportReaderTest {

  @Test
  void anthropicUsage() {
    assertThat(
            lines(
                ReportFormat.ANTHROPIC_USAGE,
                """
                {"data": [{"starting_at": "2026-11-20T00:00:00Z", "ending_at": "2026-11-21T00:00:00Z",
                  "results": [
                    {"uncached_input_tokens": 100, "cache_read_input_tokens": 200,
                     "cache_creation": {"ephemeral_5m_input_tokens": 30, "ephemeral_1h_input_tokens": 4},
                     "output_tokens": 5, "server_tool_use": {"web_search_requests": 6},
                     "api_key_id": "apikey_1", "model": "claude-opus-4-5", "service_tier": "standard"},
                    {"uncached_input_tokens": "1", "output_tokens": 1, "api_key_id": "apikey_1",
                     "model": "claude-opus-4-5", "service_tier": "batch"}]}], "has_more": false}
                """))
        .containsExactly(
            "2026-11-20 anthropic claude-opus-4-5 apikey_1 {cache_read=200, cache_write.1h=4,"
                + " cache_write.5m=30, input=101, output=6, requests.web_search=6}");
  }

  @Test
  void anthropicCostsAreCents() {
    // 123.45 cents are 1.2345 dollars.
    assertThat(
            lines(
                ReportFormat.ANTHROPIC_COST,
                """
                {"data": [{"starting_at": "2026-11-20T00:00:00Z", "results": [
                  {"amount": "123.45", "currency": "USD", "cost_type": "tokens",
                   "model": "claude-opus-4-5", "workspace_id": "wrkspc_1"}]}]}
                """))
        .containsExactly("2026-11-20 anthropic claude-opus-4-5 wrkspc_1 {} USD 1234500000");
  }

  @Test
  void claudeCodeAnalytics() {
    assertThat(
            lines(
                ReportFormat.CLAUDE_CODE_ANALYTICS,
                """
                {"data": [
                  {"date": "2026-11-20T00:00:00Z",
                   "actor": {"type": "user_actor", "email_address": "ada@example.com"},
                   "model_breakdown": [{"model": "claude-opus-4-5",
                     "tokens": {"input": 1, "output": 2, "cache_read": 3, "cache_creation": 4},
                     "estimated_cost": {"amount": 5, "currency": "USD"}}]},
                  {"date": "2026-11-20T00:00:00Z",
                   "actor": {"type": "api_actor", "api_key_name": "ci"}, "model_breakdown": []}]}
                """))
        .containsExactly(
            "2026-11-20 anthropic claude-opus-4-5 ada@example.com"
                + " {cache_read=3, cache_write=4, input=1, output=2} USD 50000000");
  }

  @Test
  void openAiUsageTellsWhatIsCachedWithinItsInput() {
    // 2026-11-20T00:00:00Z is 1,795,132,800 seconds; 1,000 less 300 cached and 50 written are 650.
    assertThat(
            lines(
                ReportFormat.OPENAI_USAGE,
                """
                {"object": "page", "data": [{"object": "bucket", "start_time": 1795132800, "results": [
                  {"object": "organization.usage.completions.result", "input_tokens": 1000,
                   "input_cached_tokens": 300, "input_cache_write_tokens": 50, "output_tokens": 20,
                   "num_model_requests": 3, "api_key_id": "key_1", "model": "gpt-5.4"},
                  {"object": "organization.usage.images.result", "images": 2, "api_key_id": "key_1",
                   "model": "gpt-image-2"},
                  {"object": "organization.usage.audio_speeches.result", "characters": 70},
                  {"object": "organization.usage.web_searches.result", "num_requests": 4}]}]}
                """))
        .containsExactly(
            "2026-11-20 openai   {characters.input=70, requests.web_search=4}",
            "2026-11-20 openai gpt-5.4 key_1 {cache_read=300, cache_write=50, input=650, output=20}",
            "2026-11-20 openai gpt-image-2 key_1 {images.output=2}");
  }

  @Test
  void openAiCostsAreWholeUnits() {
    assertThat(
            lines(
                ReportFormat.OPENAI_COSTS,
                """
                {"data": [{"start_time": 1795132800, "results": [
                  {"amount": {"value": 0.06, "currency": "usd"}, "line_item": "gpt-5.4, input",
                   "project_id": "proj_1"},
                  {"amount": {"value": "1.5", "currency": "usd"}, "line_item": "gpt-5.4, output",
                   "project_id": "proj_1"}]}]}
                """))
        .containsExactly("2026-11-20 openai gpt-5.4 proj_1 {} USD 1560000000");
  }

  @Test
  void answersOneByOne() {
    // 1,000 − 400 cached + 50 of tools; 70 + 30 thoughts.
    assertThat(
            lines(
                ReportFormat.GEMINI_USAGE,
                """
                {"createTime": "2026-11-20T10:00:00.5Z", "modelVersion": "gemini-2.5-flash", "usageMetadata": {"promptTokenCount": 1000, "cachedContentTokenCount": 400, "toolUsePromptTokenCount": 50, "candidatesTokenCount": 70, "thoughtsTokenCount": 30}}
                {"createTime": "2026-11-20T11:00:00Z", "modelVersion": "gemini-2.5-flash", "usageMetadata": {"promptTokenCount": 1}}
                """))
        .containsExactly(
            "2026-11-20 gemini gemini-2.5-flash  {cache_read=400, input=651, output=100}");
    assertThat(
            lines(
                ReportFormat.MISTRAL_USAGE,
                """
                {"created": 1795132800, "model": "mistral-large-latest", "usage": {"prompt_tokens": 10, "num_cached_tokens": 4, "completion_tokens": 3}}
                """))
        .containsExactly(
            "2026-11-20 mistral mistral-large-latest  {cache_read=4, input=6, output=3}");
    assertThat(
            lines(
                ReportFormat.ALEPH_ALPHA_USAGE,
                """
                {"created": "2026-11-20", "model_version": "luminous", "num_tokens_prompt_total": 9, "num_tokens_generated": 8}
                """))
        .containsExactly("2026-11-20 aleph_alpha luminous  {input=9, output=8}");
  }

  @Test
  void deepLSumsSeveralDays() {
    assertThat(
            lines(
                ReportFormat.DEEPL_USAGE,
                """
                {"start_time": "2026-11-01T00:00:00Z", "end_time": "2026-12-01T00:00:00Z",
                 "character_count": 5000, "api_key_character_count": 700}
                """))
        .containsExactly("2026-11-01..2026-11-30 deepl   {characters.input=5000}");
  }

  @Test
  void aGatewaysSpendLog() {
    // What the gateway's own cache answered was no call; 100 less 60 read from the provider's
    // cache.
    assertThat(
            lines(
                ReportFormat.LITELLM_SPEND_LOG,
                """
                [{"request_id": "r1", "api_key": "hash", "user": "ada", "model": "anthropic/claude-opus-4-5",
                  "custom_llm_provider": "anthropic", "startTime": "2026-11-20 10:00:00.123", "spend": 3e-05,
                  "prompt_tokens": 100, "completion_tokens": 7, "cache_hit": "False",
                  "metadata": {"usage_object": {"prompt_tokens_details": {"cached_tokens": 60}}}},
                 {"request_id": "r2", "user": "ada", "model": "anthropic/claude-opus-4-5",
                  "startTime": "2026-11-20T11:00:00Z", "prompt_tokens": 100, "cache_hit": "True"}]
                """))
        .containsExactly(
            "2026-11-20 anthropic claude-opus-4-5 ada {cache_read=60, input=40, output=7} USD 30000");
  }

  @Test
  void ourOwnRowsAndWhatIsWrongWithThem() {
    String csv =
        """
        day,provider,model,key,meter,quantity,amount,currency
        2026-11-20,anthropic,"claude-opus-4-5",k,input,100,,
        2026-11-20,anthropic,claude-opus-4-5,k,output,7,0.5,EUR
        2026-11-20,anthropic,claude-opus-4-5,k,tokens,7,,
        2026-11-20,anthropic,claude-opus-4-5,k,input,-1,,
        yesterday,anthropic,claude-opus-4-5,k,input,1,,
        2026-11-20,anthropic,claude-opus-4-5,k,input,1.5,,
        2026-11-20,anthropic,claude-opus-4-5,k,,,,
        """;

    Report report = read(ReportFormat.CSV, csv);

    assertThat(lines(report))
        .containsExactly(
            "2026-11-20 anthropic claude-opus-4-5 k {input=100, output=7} EUR 500000000");
    assertThat(report.rows()).isEqualTo(7);
    assertThat(report.rejected()).isEqualTo(5);
    assertThat(report.rejectedRows())
        .extracting(row -> row.row() + " " + row.reason())
        .containsExactly(
            "3 meter: tokens (expected: one of the vocabulary)",
            "4 input: -1 (expected: 0 or more)",
            "5 day: yesterday (expected: a time in ISO 8601, a day, or seconds)",
            "6 quantity: 1.5 (expected: a whole number)",
            "7 row: neither (expected: a quantity or an amount)");
    assertThat(
            lines(
                ReportFormat.JSON_LINES,
                """
                {"day": "2026-11-20", "provider": "deepl", "meter": "characters.input", "quantity": 12}
                """))
        .containsExactly("2026-11-20 deepl   {characters.input=12}");
  }

  @Test
  void aFileThatHasNotItsFormIsRefusedAsAWhole() {
    assertThatThrownBy(() -> read(ReportFormat.ANTHROPIC_USAGE, "{\"data\": ["))
        .hasMessageContaining("chunk");
  }

  private static Report read(ReportFormat format, String file) {
    return ReportReader.read(format, file.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(ReportFormat format, String file) {
    Report report = read(format, file);
    assertThat(report.rejectedRows()).isEmpty();
    return lines(report);
  }

  private static List<String> lines(Report report) {
    return report.lines().stream()
        .map(
            line ->
                "%s %s %s %s %s%s"
                    .formatted(
                        line.key().day().equals(line.key().lastDay())
                            ? line.key().day()
                            : line.key().day() + ".." + line.key().lastDay(),
                        line.key().provider(),
                        line.key().model(),
                        line.key().key(),
                        line.meters(),
                        line.cost()
                            .map(cost -> " " + cost.currency() + " " + cost.nanos())
                            .orElse("")))
        .sorted()
        .toList();
  }
}
