package dev.fourthpillar.usage.settle;

import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports of calls, made by hand. */
public record Usages(
    String name,
    UsageSignal signal,
    Reporter reporter,
    Instant time,
    String model,
    Quantities quantities,
    List<IdentityClaim> claims,
    Set<String> ids,
    Optional<HoldAttempt> hold,
    String session,
    String agent,
    String agentId,
    String parentAgent) {

  public static final Instant AT = Instant.parse("2026-11-20T12:34:56Z");

  /** A call of Claude Code's by ada@example.com: 1,000 in, 200 out. */
  public static Usages call(String name) {
    return new Usages(
        name,
        UsageSignal.CLAUDE_CODE_API_REQUEST_LOG,
        Reporter.CLIENT,
        AT,
        "claude-opus-4-5",
        tokens(1_000, 200),
        List.of(new IdentityClaim(IdentityClaim.Kind.EMAIL, "Ada@example.com")),
        Set.of(name),
        Optional.empty(),
        "session-1",
        "",
        "",
        "");
  }

  public static Quantities tokens(long input, long output) {
    return Quantities.of(Map.of(TokenMeter.INPUT, input, TokenMeter.OUTPUT, output));
  }

  public Usages of(String email) {
    return new Usages(
        name,
        signal,
        reporter,
        time,
        model,
        quantities,
        List.of(new IdentityClaim(IdentityClaim.Kind.EMAIL, email)),
        ids,
        hold,
        session,
        agent,
        agentId,
        parentAgent);
  }

  /** Sent with that credential. */
  public Usages with(String credential) {
    List<IdentityClaim> more = new ArrayList<>(claims);
    more.addFirst(new IdentityClaim(IdentityClaim.Kind.CREDENTIAL, credential));
    return new Usages(
        name,
        signal,
        reporter,
        time,
        model,
        quantities,
        more,
        ids,
        hold,
        session,
        agent,
        agentId,
        parentAgent);
  }

  public Usages model(String other) {
    return new Usages(
        name,
        signal,
        reporter,
        time,
        other,
        quantities,
        claims,
        ids,
        hold,
        session,
        agent,
        agentId,
        parentAgent);
  }

  public Usages at(Instant other) {
    return new Usages(
        name,
        signal,
        reporter,
        other,
        model,
        quantities,
        claims,
        ids,
        hold,
        session,
        agent,
        agentId,
        parentAgent);
  }

  public Usages using(Quantities other) {
    return new Usages(
        name,
        signal,
        reporter,
        time,
        model,
        other,
        claims,
        ids,
        hold,
        session,
        agent,
        agentId,
        parentAgent);
  }

  /** A gateway's word, which prices before the client's. */
  public Usages byGateway(String other) {
    return new Usages(
        other,
        signal,
        Reporter.GATEWAY,
        time,
        model,
        quantities,
        List.of(),
        ids,
        hold,
        session,
        agent,
        agentId,
        parentAgent);
  }

  /** The lower signal of the same run. */
  public Usages span() {
    return new Usages(
        name + "-span",
        UsageSignal.CLAUDE_CODE_LLM_REQUEST_SPAN,
        reporter,
        time,
        model,
        quantities,
        claims,
        Set.of(),
        hold,
        session,
        agent,
        agentId,
        parentAgent);
  }

  public Usages ids(String... others) {
    return new Usages(
        name,
        signal,
        reporter,
        time,
        model,
        quantities,
        claims,
        Set.of(others),
        hold,
        session,
        agent,
        agentId,
        parentAgent);
  }

  public Usages naming(String engineer, String holdId) {
    return new Usages(
        name,
        signal,
        reporter,
        time,
        model,
        quantities,
        claims,
        ids,
        Optional.of(new HoldAttempt(engineer, holdId, 1, 0)),
        session,
        agent,
        agentId,
        parentAgent);
  }

  public Usages agent(String agentName, String id, String parent) {
    return new Usages(
        name,
        signal,
        reporter,
        time,
        model,
        quantities,
        claims,
        ids,
        hold,
        session,
        agentName,
        id,
        parent);
  }

  public Evidence evidence() {
    return new Evidence(
        EvidenceKey.of("claude-code", signal, time, List.of(name)),
        Fingerprint.of(List.of(model, quantities.toString())),
        signal,
        reporter,
        new GroupKey("claude-code", session),
        ids.stream()
            .map(id -> new Alias("anthropic", id))
            .collect(java.util.stream.Collectors.toSet()),
        time,
        "anthropic",
        model.isEmpty() ? Optional.empty() : Optional.of(model),
        quantities,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        claims,
        hold,
        new Dimensions(
            Optional.of(session),
            Optional.of("turn-1"),
            Optional.empty(),
            text(agent),
            text(agentId),
            text(parentAgent),
            !parentAgent.isEmpty(),
            Optional.of("apollo"),
            Optional.empty(),
            Optional.empty(),
            Map.of()),
        Set.of());
  }

  private static Optional<String> text(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
