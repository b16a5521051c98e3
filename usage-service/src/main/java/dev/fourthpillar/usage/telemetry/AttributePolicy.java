package dev.fourthpillar.usage.telemetry;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What may pass the door. A list of what is kept, because a list of what is dropped is wrong the
 * day a tool invents a new name for a prompt. Everything a record says under another name is gone
 * before anything is stored or logged.
 *
 * @param tags attributes an organisation sets on its resources as dimensions (project, team, cost
 *     centre)
 */
public record AttributePolicy(Set<String> tags) {

  /**
   * Ids, e-mail addresses and model names are shorter; what is longer is content under a borrowed
   * name.
   */
  public static final int MAX_VALUE_CHARS = 512;

  public static final int MAX_TAGS = 32;

  private static final Set<String> IDENTITY =
      Set.of(
          "enduser.id",
          "user.id",
          "user.email",
          "user.account_uuid",
          "user.account_id",
          "organization.id",
          "installation.id",
          "anthropic.organization.id",
          "anthropic.workspace.id",
          "litellm.end_user.id",
          "litellm.team.id");

  private static final Set<String> ORIGIN =
      Set.of(
          "service.name",
          "service.version",
          "service.instance.id",
          "host.id",
          "app.version",
          "anthropic.provider",
          "anthropic.custom_base_url",
          "auth_type",
          "auth_mode");

  private static final Set<String> STRUCTURE =
      Set.of(
          "event.name",
          "event.kind",
          "event.sequence",
          "event.timestamp",
          "session.id",
          "conversation.id",
          "gen_ai.conversation.id",
          "prompt.id",
          "prompt_id",
          "query_source",
          "query_source_safe",
          "role",
          "agent.name",
          "agent_id",
          "agent_type",
          "gen_ai.agent.id",
          "gen_ai.agent.name",
          "github.copilot.interaction_id",
          "github.copilot.turn_id",
          "github.copilot.initiator",
          "openclaw.agent");

  private static final Set<String> CALL =
      Set.of(
          "request_id",
          "gen_ai.response.id",
          "gen_ai.operation.name",
          "gen_ai.provider.name",
          "gen_ai.system",
          "gen_ai.request.model",
          "gen_ai.response.model",
          "model",
          "speed",
          "type",
          "token_type",
          "gen_ai.token.type",
          "gen_ai.token.modality",
          "anthropic.request.id",
          "anthropic.response.service_tier",
          "gen_ai.openai.response.service_tier",
          "openai.response.service_tier",
          "ai.response.id",
          "ai.response.model",
          "ai.model.id",
          "ai.model.provider",
          "litellm.call_id",
          "litellm.provider.model",
          "openclaw.provider",
          "openclaw.model",
          "openclaw.token");

  private static final Set<String> NUMBERS =
      Set.of(
          "input_tokens",
          "output_tokens",
          "cache_read_tokens",
          "cache_creation_tokens",
          "cache_creation_5m_tokens",
          "cache_creation_1h_tokens",
          "cost_usd",
          "cost_usd_micros",
          "total_tokens",
          "input_token_count",
          "output_token_count",
          "cached_token_count",
          "cache_write_token_count",
          "reasoning_token_count",
          "tool_token_count",
          "cached_content_token_count",
          "thoughts_token_count",
          "total_token_count",
          "gen_ai.usage.input_tokens",
          "gen_ai.usage.output_tokens",
          "gen_ai.usage.cache_read.input_tokens",
          "gen_ai.usage.cache_write.input_tokens",
          "gen_ai.usage.reasoning.output_tokens",
          "codex.usage.reasoning_output_tokens",
          "codex.usage.total_tokens",
          "gen_ai.usage.cache_creation.input_tokens",
          "gen_ai.usage.reasoning_tokens",
          "anthropic.usage.cache_creation.ephemeral_5m_input_tokens",
          "anthropic.usage.cache_creation.ephemeral_1h_input_tokens",
          "ai.usage.inputTokens",
          "ai.usage.outputTokens",
          "ai.usage.totalTokens",
          "ai.usage.reasoningTokens",
          "ai.usage.cachedInputTokens",
          "ai.usage.inputTokenDetails.cacheReadTokens",
          "ai.usage.inputTokenDetails.cacheWriteTokens",
          "ai.usage.outputTokenDetails.reasoningTokens",
          "litellm.cost.total",
          "openclaw.tokens.input",
          "openclaw.tokens.output",
          "openclaw.tokens.cache_read",
          "openclaw.tokens.cache_write",
          "openclaw.tokens.total");

  private static final Set<String> KEPT =
      Stream.of(IDENTITY, ORIGIN, STRUCTURE, CALL, NUMBERS)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private static final AttributePolicy DEFAULT =
      new AttributePolicy(
          Set.of("team.id", "cost_center", "department", "project", "project.id", "repository"));

  public AttributePolicy {
    if (tags.size() > MAX_TAGS) {
      throw new IllegalArgumentException(
          "tags: " + tags.size() + " (expected: <= " + MAX_TAGS + ")");
    }
    tags = Set.copyOf(tags);
  }

  public static AttributePolicy standard() {
    return DEFAULT;
  }

  public boolean keeps(String key) {
    return KEPT.contains(key) || tags.contains(key);
  }

  /**
   * Of a kept attribute: whether it is one an organisation chose, and not one the product knows the
   * meaning of.
   */
  public static boolean isTag(String key) {
    return !KEPT.contains(key);
  }

  /** Whether the attribute is a number of tokens, or of money, by a name the product knows. */
  public static boolean isNumber(String key) {
    return NUMBERS.contains(key);
  }
}
