package dev.fourthpillar.usage.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.MetricFixture;
import dev.fourthpillar.usage.SpanFixture;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.unit.Unit;
import dev.fourthpillar.usage.unit.UnitBook;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools that follow the conventions more or less, and what they call themselves. */
class ToolsTest {

  /** A user has set service.name to something else. */
  @ParameterizedTest
  @CsvSource({
    "chat gpt-5.4, github.copilot, copilot-cli",
    "chat gpt-5.4, gen_ai, ai-sdk",
    "ai.generateText.doGenerate, my-scope, ai-sdk",
    "anthropic.messages.create, my-scope, anthropic-sdk",
    "chat claude, com.anthropic.claude-platform, claude-platform",
    "chat gpt-5.4, litellm, litellm",
    "chat gpt-5.4, my-scope, other"
  })
  void aToolIsKnownByWhatItsUsersCannotSet(String name, String scope, String tool) {
    Evidence evidence =
        one(
            SpanFixture.of("our-internal-thing", scope, name)
                .with("gen_ai.operation.name", "chat")
                .with("gen_ai.usage.input_tokens", 10)
                .with("gen_ai.usage.output_tokens", 2));

    assertThat(evidence.tool()).isEqualTo(tool);
    assertThat(evidence.signal()).isEqualTo(UsageSignal.INFERENCE_SPAN);
  }

  @Test
  void openclawWithAnotherNameAndPrefixIsStillOpenclaw() {
    assertThat(
            MetricFixture.openclaw()
                .service("our-internal-thing")
                .named("acme.tokens")
                .tokens("10:00:00", "10:01:00", 10, 2)
                .evidence())
        .hasSize(2)
        .allSatisfy(
            point -> assertThat(point.signal()).isEqualTo(UsageSignal.OPENCLAW_TOKEN_METRIC));
  }

  @Test
  void inputIncludesWhatWasCachedByOldNamesAndNew() {
    // 1,000 - 600 read - 50 written = 350.
    Map<Object, Long> expected =
        Map.of(
            TokenMeter.INPUT, 350L,
            TokenMeter.CACHE_READ, 600L,
            TokenMeter.CACHE_WRITE, 50L,
            TokenMeter.OUTPUT, 200L,
            TokenMeter.REASONING, 20L);
    SpanFixture chat = SpanFixture.chat("x", "y").with("gen_ai.usage.cache_read.input_tokens", 600);

    assertThat(
            one(chat.with("gen_ai.usage.cache_write.input_tokens", 50)
                    .with("gen_ai.usage.reasoning.output_tokens", 20))
                .quantities()
                .counts())
        .isEqualTo(expected);
    assertThat(
            one(chat.without("gen_ai.usage.cache_write.input_tokens")
                    .without("gen_ai.usage.reasoning.output_tokens")
                    .with("gen_ai.usage.cache_creation.input_tokens", 50)
                    .with("gen_ai.usage.reasoning_tokens", 20))
                .quantities()
                .counts())
        .isEqualTo(expected);
  }

  @Test
  void theAiSdksTwoGenerationsOfSpansAreOneCall() {
    SpanFixture legacy =
        SpanFixture.of("app", "ai", "ai.streamText.doStream")
            .id("legacy")
            .with("ai.response.id", "resp_1")
            .with("ai.model.provider", "openai.responses")
            .with("ai.model.id", "gpt-5.4")
            .with("ai.usage.inputTokens", 1_000)
            .with("ai.usage.cachedInputTokens", 600)
            .with("ai.usage.outputTokens", 200)
            .with("ai.usage.reasoningTokens", 20)
            .with("ai.usage.totalTokens", 1_200);
    SpanFixture chat =
        SpanFixture.chat("app", "gen_ai")
            .id("chat")
            .with("gen_ai.provider.name", "openai")
            .with("gen_ai.response.id", "resp_1")
            .with("gen_ai.usage.cache_read.input_tokens", 600);
    UnitBook book = new UnitBook();
    book.accept(one(legacy));
    book.accept(one(chat));

    assertThat(book.units()).singleElement().matches(unit -> !unit.conflict());
    assertThat(one(legacy).quantities().counts())
        .isEqualTo(
            Map.of(
                TokenMeter.INPUT, 400L,
                TokenMeter.CACHE_READ, 600L,
                TokenMeter.OUTPUT, 200L,
                TokenMeter.REASONING, 20L));
    assertThat(one(legacy).flags()).doesNotContain(EvidenceFlag.SUM_MISMATCH);
    assertThat(one(legacy.with("ai.usage.totalTokens", 1_201)).flags())
        .contains(EvidenceFlag.SUM_MISMATCH);
    assertThat(
            Captures.read(
                    SpanFixture.of("app", "ai", "ai.streamText")
                        .with("ai.usage.inputTokens", 1_000)
                        .export())
                .ignored())
        .isEqualTo(Map.of(IgnoreReason.SPAN_REPEATS_LOG, 1L));
  }

  /** The platform is nearest to the bill, Claude Code alone knows whose work it was. */
  @Test
  void thePlatformPricesACallAndTheClientAttributesIt() {
    Evidence platform =
        one(
            SpanFixture.of("claude-platform", "com.anthropic.claude-platform", "messages")
                .with("gen_ai.operation.name", "chat")
                .with("anthropic.request.id", "req_1")
                .with("gen_ai.response.id", "msg_1")
                .with("gen_ai.response.model", "claude-sonnet-4-5")
                .with("gen_ai.usage.input_tokens", 22_518)
                .with("gen_ai.usage.output_tokens", 553)
                .with("gen_ai.usage.cache_read.input_tokens", 21_009)
                .with("gen_ai.usage.cache_write.input_tokens", 408)
                .with("anthropic.usage.cache_creation.ephemeral_5m_input_tokens", 331)
                .with("anthropic.usage.cache_creation.ephemeral_1h_input_tokens", 77)
                .with("anthropic.response.service_tier", "priority"));
    Evidence client = Captures.read(LogFixture.claude("req_1").export()).counted().getFirst();
    UnitBook book = new UnitBook();
    book.accept(client);
    book.accept(platform);

    Unit unit = book.units().getFirst();
    assertThat(book.units()).hasSize(1);
    assertThat(unit.pricing().reporter()).isEqualTo(Reporter.PROVIDER);
    assertThat(unit.pricing().serviceTier()).contains("priority");
    assertThat(unit.attribution()).isEqualTo(client);
    assertThat(unit.aliases())
        .containsExactlyInAnyOrder(
            new Alias("anthropic", "req_1"), new Alias("anthropic", "msg_1"));
    // 22,518 - 21,009 - 408 = 1,101: the same numbers, disjoint.
    assertThat(platform.quantities()).isEqualTo(client.quantities());
  }

  @Test
  void onlyCallsOfUnknownToolsCountAndNeverTotals() {
    assertThat(Captures.read(SpanFixture.chat("x", "y").export()).counted()).hasSize(1);
    for (String around : List.of("invoke_agent", "execute_tool", "plan", "invoke_workflow")) {
      assertThat(
              Captures.read(
                      SpanFixture.chat("x", "y").with("gen_ai.operation.name", around).export())
                  .ignored())
          .isEqualTo(Map.of(IgnoreReason.SPAN_REPEATS_LOG, 1L));
    }
    assertThat(
            Captures.read(
                    SpanFixture.of("x", "y", "chat")
                        .with("gen_ai.operation.name", "chat")
                        .with("gen_ai.usage.total_tokens", 1_200)
                        .with("gen_ai.usage.prompt_tokens", 1_000)
                        .with("gen_ai.usage.context_tokens", 1_000)
                        .export())
                .ignored())
        .isEqualTo(Map.of(IgnoreReason.WITHOUT_NUMBERS, 1L));
    assertThat(
            Captures.read(SpanFixture.chat("x", "y").without("gen_ai.operation.name").export())
                .ignored())
        .isEqualTo(Map.of(IgnoreReason.UNRECOGNISED_USAGE, 1L));
  }

  @Test
  void theEventOfOneCallStandsBelowItsSpanAndJoinsIt() {
    LogFixture details =
        LogFixture.of("x", "y")
            .at("2026-11-20T16:00:00.125Z")
            .eventName("gen_ai.client.inference.operation.details")
            .with("gen_ai.operation.name", "chat")
            .with("gen_ai.provider.name", "anthropic")
            .with("gen_ai.response.id", "msg_1")
            .with("gen_ai.response.model", "claude-opus-4-5")
            .with("gen_ai.usage.input_tokens", 1_000)
            .with("gen_ai.usage.output_tokens", 200);
    Evidence event = Captures.read(details.export()).lower().getFirst();
    UnitBook book = new UnitBook();
    book.accept(event);
    assertThat(book.unelected()).hasSize(1);

    book.accept(one(SpanFixture.chat("x", "y").with("gen_ai.response.id", "msg_1")));
    assertThat(book.units()).singleElement().matches(unit -> unit.evidence().size() == 2);
  }

  @Test
  void aCallHangsUnderItsConversationElseUnderItsTrace() {
    Evidence copilot =
        one(
            SpanFixture.chat("x", "github.copilot")
                .with("gen_ai.conversation.id", "conversation-1")
                .with("github.copilot.interaction_id", "turn-1")
                .with("gen_ai.agent.name", "reviewer")
                .with("gen_ai.agent.id", "agent-1"));
    assertThat(copilot.dimensions().session()).contains("conversation-1");
    assertThat(copilot.dimensions().prompt()).contains("turn-1");
    assertThat(copilot.dimensions().agent()).contains("reviewer");
    assertThat(copilot.dimensions().agentId()).contains("agent-1");

    Evidence program = one(SpanFixture.chat("app", "gen_ai"));
    // "trace-0123456789" in hex.
    assertThat(program.dimensions().session()).contains("74726163652d30313233343536373839");
  }

  @Test
  void aMetricThatDoesNotSayHowItCountsIsKeptAndNotCounted() {
    Readings readings =
        Captures.read(
            MetricFixture.openclaw()
                .unspecified()
                .point("10:00:00", "10:01:00", "input", 10)
                .export());
    assertThat(readings.rejected())
        .singleElement()
        .extracting(Reading.Rejected::reason)
        .isEqualTo(RejectReason.TEMPORALITY_UNKNOWN);
  }

  private static Evidence one(SpanFixture span) {
    List<Evidence> evidence = span.evidence();
    assertThat(evidence).hasSize(1);
    return evidence.getFirst();
  }
}
