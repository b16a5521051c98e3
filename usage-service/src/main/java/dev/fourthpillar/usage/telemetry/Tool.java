package dev.fourthpillar.usage.telemetry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The tools whose telemetry is understood, and how a record betrays which one it is from. */
public enum Tool {
  CLAUDE_CODE("claude-code", "claude_code.", "com.anthropic.claude_code", "claude-code"),
  CODEX_CLI("codex-cli", "codex.", "codex", "codex"),
  GEMINI_CLI("gemini-cli", "gemini_cli.", "gemini-cli", "gemini-cli");

  private final String id;
  private final String namePrefix;
  private final String scopePrefix;
  private final String servicePrefix;

  Tool(String id, String namePrefix, String scopePrefix, String servicePrefix) {
    this.id = id;
    this.namePrefix = namePrefix;
    this.scopePrefix = scopePrefix;
    this.servicePrefix = servicePrefix;
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
    return Arrays.stream(values()).filter(tool -> name.startsWith(tool.namePrefix)).findFirst();
  }

  public static Optional<Tool> ofScope(String scope) {
    return Arrays.stream(values()).filter(tool -> scope.startsWith(tool.scopePrefix)).findFirst();
  }

  /**
   * Codex names its service after what started it: {@code codex_exec}, {@code codex_cli_rs}, {@code
   * codex_vscode}.
   */
  public static Optional<Tool> ofService(String service) {
    String lower = service.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(tool -> lower.startsWith(tool.servicePrefix)).findFirst();
  }

  /**
   * The event's name as the tool's documentation has it; tools send it with or without their
   * prefix.
   */
  public String withoutPrefix(String name) {
    return name.startsWith(namePrefix) ? name.substring(namePrefix.length()) : name;
  }
}
