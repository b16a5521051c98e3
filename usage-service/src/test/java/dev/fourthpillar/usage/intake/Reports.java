package dev.fourthpillar.usage.intake;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Reports made by hand, and by chance. */
final class Reports {
  static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

  private static final List<UsageSignal> OF_CLIENTS =
      List.of(
          UsageSignal.CLAUDE_CODE_API_REQUEST_LOG,
          UsageSignal.CLAUDE_CODE_LLM_REQUEST_SPAN,
          UsageSignal.GEMINI_OPERATION_DETAILS_LOG);

  private static final List<Reporter> REPORTERS =
      List.of(Reporter.PROVIDER, Reporter.GATEWAY, Reporter.CLIENT);

  private Reports() {}

  static Evidence client(int key, long output, String... ids) {
    return report(
        UsageSignal.CLAUDE_CODE_API_REQUEST_LOG,
        Reporter.CLIENT,
        "client-" + key,
        output,
        ids(ids),
        Optional.empty());
  }

  static Evidence gateway(int key, long output, String... ids) {
    return report(
        UsageSignal.CLAUDE_CODE_API_REQUEST_LOG,
        Reporter.GATEWAY,
        "gateway-" + key,
        output,
        ids(ids),
        Optional.empty());
  }

  static Evidence recorded(String client, String usageId, long output) {
    return recorded(client, usageId, output, Optional.empty());
  }

  static Evidence recorded(
      String client, String usageId, long output, String engineer, String hold) {
    return recorded(client, usageId, output, Optional.of(new HoldAttempt(engineer, hold, 1, 0)));
  }

  private static Evidence recorded(
      String client, String usageId, long output, Optional<HoldAttempt> hold) {
    return report(
        UsageSignal.RECORDED,
        Reporter.CLIENT,
        client + "/" + usageId,
        output,
        Set.of(Alias.ofUsage(client, usageId)),
        hold);
  }

  static Evidence hold(String engineer, String hold, long settlement, long output) {
    return report(
        UsageSignal.HOLD_ATTEMPT,
        Reporter.GATEWAY,
        engineer + "/" + hold,
        output,
        Set.of(),
        Optional.of(new HoldAttempt(engineer, hold, 1, settlement)));
  }

  /** Few ids among many reports, so that calls turn out to be one in long chains. */
  static List<Evidence> tangled(Random random, int count) {
    List<Evidence> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Set<Alias> aliases = new HashSet<>();
      for (int ids = random.nextInt(3); ids > 0; ids--) {
        aliases.add(new Alias("anthropic", "id-" + random.nextInt(count)));
      }
      UsageSignal signal = OF_CLIENTS.get(random.nextInt(OF_CLIENTS.size()));
      reports.add(
          report(
              signal,
              REPORTERS.get(random.nextInt(REPORTERS.size())),
              "key-" + random.nextInt(count),
              random.nextInt(3),
              aliases,
              Optional.empty()));
    }
    return reports;
  }

  /** The same call, by another report whose own time is that. */
  static Evidence keyedAt(Evidence report, Instant own) {
    return new Evidence(
        EvidenceKey.of("claude-code", report.signal(), own, List.of("keyed at " + own)),
        report.content(),
        report.signal(),
        report.reporter(),
        report.group(),
        report.aliases(),
        report.eventTime(),
        report.provider(),
        report.model(),
        report.quantities(),
        report.serviceTier(),
        report.region(),
        report.claimedCost(),
        report.claims(),
        report.hold(),
        report.dimensions(),
        report.flags());
  }

  private static Set<Alias> ids(String... ids) {
    Set<Alias> aliases = new HashSet<>();
    for (String id : ids) {
      aliases.add(new Alias("anthropic", id));
    }
    return aliases;
  }

  private static Evidence report(
      UsageSignal signal,
      Reporter reporter,
      String key,
      long output,
      Set<Alias> aliases,
      Optional<HoldAttempt> hold) {
    return new Evidence(
        EvidenceKey.of("claude-code", signal, AT, List.of(key)),
        Fingerprint.of(
            List.of(Long.toString(output), reporter.name(), aliases.toString(), hold.toString())),
        signal,
        reporter,
        new GroupKey("claude-code", "session"),
        aliases,
        AT,
        "anthropic",
        Optional.of("claude-sonnet-4-5"),
        Quantities.of(TokenMeter.OUTPUT, output),
        Optional.of("fast"),
        Optional.of("eu"),
        Optional.empty(),
        List.of(),
        hold,
        new Dimensions(
            Optional.of("session"),
            Optional.empty(),
            Optional.empty(),
            Optional.of("reviewer"),
            Optional.of("agent-1"),
            Optional.of("agent-0"),
            true,
            Optional.of("apollo"),
            Optional.empty(),
            Optional.empty(),
            Map.of("team.id", "platform")),
        Set.of());
  }
}
