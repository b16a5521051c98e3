package dev.fourthpillar.cli.usage;

/** What makes each tool send its usage, and nothing of what was asked or answered. */
public enum ToolSettings {
  CLAUDE_CODE(
      """
      # Claude Code: environment, or "env" of ~/.claude/settings.json or the managed settings
      export CLAUDE_CODE_ENABLE_TELEMETRY=1
      export OTEL_LOGS_EXPORTER=otlp
      export OTEL_METRICS_EXPORTER=otlp
      export OTEL_EXPORTER_OTLP_PROTOCOL=grpc
      export OTEL_EXPORTER_OTLP_ENDPOINT=%1$s
      export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer %3$s"
      # The log record of each call is counted; metrics stand in where it is missing. Leave
      # OTEL_LOG_USER_PROMPTS, OTEL_LOG_TOOL_CONTENT and OTEL_LOG_RAW_API_BODIES unset.
      """),
  CODEX(
      """
      # Codex: ~/.codex/config.toml
      [otel]
      environment = "prod"
      log_user_prompt = false
      exporter = { otlp-grpc = { endpoint = "%1$s", headers = { authorization = "Bearer %3$s" } } }
      trace_exporter = "none"
      metrics_exporter = "none"
      # The log record of each answer is counted. metrics_exporter is set because its default sends
      # metrics elsewhere.
      """),
  GEMINI_CLI(
      """
      # Gemini CLI: environment
      export GEMINI_TELEMETRY_ENABLED=true
      export GEMINI_TELEMETRY_TARGET=local
      export GEMINI_TELEMETRY_OTLP_PROTOCOL=grpc
      export GEMINI_TELEMETRY_OTLP_ENDPOINT=%1$s
      export GEMINI_TELEMETRY_LOG_PROMPTS=false
      export GEMINI_TELEMETRY_TRACES_ENABLED=false
      export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer %3$s"
      # LOG_PROMPTS is true unless it is set; what is sent all the same is dropped on arrival.
      """),
  COPILOT(
      """
      # Copilot CLI: environment
      export COPILOT_OTEL_ENABLED=true
      export OTEL_EXPORTER_OTLP_ENDPOINT=%2$s
      export OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer %3$s"

      # Copilot in VS Code: settings.json, or the policy of the same names; the headers above stay in the
      # environment
      {
        "github.copilot.chat.otel.enabled": true,
        "github.copilot.chat.otel.exporterType": "otlp-http",
        "github.copilot.chat.otel.otlpEndpoint": "%2$s",
        "github.copilot.chat.otel.captureContent": false
      }
      # Neither says who uses it: give each person a token of their own.
      """),
  OPENCLAW(
      """
      # OpenClaw: its configuration; the plugin diagnostics-otel has to be enabled
      {
        "diagnostics": {
          "otel": {
            "enabled": true,
            "endpoint": "%2$s",
            "protocol": "http/protobuf",
            "headers": { "authorization": "Bearer %3$s" },
            "metrics": true,
            "traces": false,
            "logs": false,
            "captureContent": false
          }
        }
      }
      # The metric openclaw.tokens is counted: leave metricNamePrefix unset. It says neither who nor which
      # session: give each person, or each gateway, a token of its own.
      """);

  private final String template;

  ToolSettings(String template) {
    this.template = template;
  }

  /**
   * To copy.
   *
   * @param token of role INGEST; {@code TOKEN} stands for one that is to be put there
   */
  public String text(String grpcEndpoint, String httpEndpoint, String token) {
    String settings = template.formatted(grpcEndpoint, httpEndpoint, token);
    return token.equals("TOKEN")
        ? settings
            + "# TOKEN: a token of role INGEST, here: ./fp token --role ingest --engineer ID\n"
        : settings;
  }
}
