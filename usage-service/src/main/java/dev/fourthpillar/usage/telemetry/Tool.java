package dev.fourthpillar.usage.telemetry;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Optional;

/** The tools whose telemetry is understood, and how a record betrays which one it is from. */
public enum Tool {
  CLAUDE_CODE("claude-code", "claude_code.", "com.anthropic.claude_code", "claude-code"),
  CODEX_CLI("codex-cli", "codex.", "codex", "codex"),
  GEMINI_CLI("gemini-cli", "gemini_cli.", "gemini-cli", "gemini-cli"),
  OPENCLAW("openclaw", "openclaw.", "openclaw", "openclaw"),
  /** In the terminal. */
  COPILOT_CLI("copilot-cli", "github.copilot.", "github.copilot", "github-copilot"),
  /** In the editor. */
  COPILOT_CHAT("copilot-chat", "copilot_chat.", "copilot-chat", "copilot-chat"),
  /** Service names are those of the programs that use it, so scope and span names have to do. */
  AI_SDK("ai-sdk", "ai.", "", "", "ai", "gen_ai"),
  CLAUDE_PLATFORM("claude-platform", "", "com.anthropic.claude-platform", "claude-platform"),
  ANTHROPIC_SDK("anthropic-sdk", "anthropic.", "@anthropic-ai/sdk", ""),
  LITELLM("litellm", "litellm", "litellm", "litellm"),
  /** Whatever else follows the conventions. Recognised by what a record is, not by who sent it. */
  OTHER("other", "", "", "");

  private static final Tool[] NAMED = values();

  private final String id;
  private final String namePrefix;
  private final String scopePrefix;
  private final String servicePrefix;
  private final ImmutableSet<String> scopes;

  /**
   * @param namePrefix of events, metrics and spans; empty = none of its own
   * @param scopePrefix empty = none of its own
   * @param servicePrefix empty = none of its own
   * @param scopes whole names of scopes
   */
  Tool(String id, String namePrefix, String scopePrefix, String servicePrefix, String... scopes) {
    this.id = id;
    this.namePrefix = namePrefix;
    this.scopePrefix = scopePrefix;
    this.servicePrefix = servicePrefix;
    this.scopes = ImmutableSet.copyOf(scopes);
  }

  /** Stable; part of stored keys. */
  public String id() {
    return id;
  }

  /**
   * Event and metric names first, since no user can set them; the service name last, since any user
   * can.
   */
  public static Optional<Tool> recognise(String name, String scope, String service) {
    return ofName(name).or(() -> ofScope(scope)).or(() -> ofService(service));
  }

  public static Optional<Tool> ofName(String name) {
    for (Tool tool : NAMED) {
      if (begins(name, tool.namePrefix)) {
        return Optional.of(tool);
      }
    }
    return Optional.empty();
  }

  public static Optional<Tool> ofScope(String scope) {
    for (Tool tool : NAMED) {
      if (begins(scope, tool.scopePrefix) || tool.scopes.contains(scope)) {
        return Optional.of(tool);
      }
    }
    return Optional.empty();
  }

  /**
   * Codex names its service after what started it: {@code codex_exec}, {@code codex_cli_rs}, {@code
   * codex_vscode}.
   */
  public static Optional<Tool> ofService(String service) {
    String lower = service.toLowerCase(Locale.ROOT);
    for (Tool tool : NAMED) {
      if (begins(lower, tool.servicePrefix)) {
        return Optional.of(tool);
      }
    }
    return Optional.empty();
  }

  private static boolean begins(String text, String prefix) {
    return !prefix.isEmpty() && text.startsWith(prefix);
  }

  /**
   * The event's name as the tool's documentation has it; tools send it with or without their
   * prefix.
   */
  public String withoutPrefix(String name) {
    return name.startsWith(namePrefix) ? name.substring(namePrefix.length()) : name;
  }
}
