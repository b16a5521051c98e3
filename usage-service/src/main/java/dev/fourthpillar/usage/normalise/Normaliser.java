package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.telemetry.Telemetry;
import dev.fourthpillar.usage.telemetry.TelemetryBatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Telemetry to disjoint evidence. Pure: the same record and reception always give the same reading.
 */
public final class Normaliser {

  private Normaliser() {}

  public static Readings read(TelemetryBatch batch, Reception reception) {
    List<Evidence> counted = new ArrayList<>();
    List<Evidence> lower = new ArrayList<>();
    List<Reading.Rejected> rejected = new ArrayList<>();
    Map<IgnoreReason, Long> ignored = new EnumMap<>(IgnoreReason.class);
    ignored.putAll(batch.ignored());
    for (Telemetry record : batch.records()) {
      switch (read(record, reception)) {
        case Reading.Counted(Evidence evidence) -> counted.add(evidence);
        case Reading.Lower(Evidence evidence) -> lower.add(evidence);
        case Reading.Ignored(IgnoreReason reason) -> ignored.merge(reason, 1L, Long::sum);
        case Reading.Rejected rejection -> rejected.add(rejection);
      }
    }
    return new Readings(counted, lower, rejected, ignored);
  }

  public static Reading read(Telemetry record, Reception reception) {
    return switch (record.tool()) {
      case CLAUDE_CODE -> ClaudeCode.read(record, reception);
      case CODEX_CLI -> CodexCli.read(record, reception);
      case GEMINI_CLI -> GeminiCli.read(record, reception);
      case OPENCLAW -> OpenClaw.read(record, reception);
      case COPILOT_CLI, COPILOT_CHAT, AI_SDK, CLAUDE_PLATFORM, ANTHROPIC_SDK, LITELLM, OTHER ->
          Conventions.read(record, reception);
    };
  }
}
