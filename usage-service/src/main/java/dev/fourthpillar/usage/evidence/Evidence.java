package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.pricing.quantity.Quantities;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One report of one model call, in disjoint kinds.
 *
 * @param key same key, same report
 * @param content over everything that matters of it: same key and other content is a conflict
 * @param group what it is weighed within
 * @param aliases the provider's ids of the call, where the report carries any
 * @param eventTime when it happened, as exactly as it can be kept; never after it was received
 * @param provider one of {@link Providers}, or a custom one
 * @param model as the tool names it
 * @param quantities by disjoint meter; none where the report knows the call and not its size, or
 *     says 0
 * @param serviceTier what changes the price of the whole call ({@code fast}, {@code batch}); absent
 *     is standard
 * @param region data residency, where the provider prices it
 * @param claims in order of precedence
 * @param hold what the call was held by, if the report says so
 * @param point of a metric: what it counted; its quantities are those of its window, and none here
 * @param span where a span stands, if spans of this tool may stand around each other
 */
public record Evidence(
    EvidenceKey key,
    Fingerprint content,
    UsageSignal signal,
    Reporter reporter,
    GroupKey group,
    Set<Alias> aliases,
    Instant eventTime,
    String provider,
    Optional<String> model,
    Quantities quantities,
    Optional<String> serviceTier,
    Optional<String> region,
    Optional<ClaimedCost> claimedCost,
    List<IdentityClaim> claims,
    Optional<HoldAttempt> hold,
    Dimensions dimensions,
    Set<EvidenceFlag> flags,
    Optional<SeriesPoint> point,
    Optional<SpanLink> span) {

  /** A hold's attempt names up to ten ids; what is recorded has its own beside them. */
  public static final int MAX_ALIASES = 11;

  public Evidence {
    requireNonNull(key);
    requireNonNull(content);
    requireNonNull(signal);
    requireNonNull(reporter);
    requireNonNull(group);
    requireNonNull(eventTime);
    requireNonNull(provider);
    requireNonNull(model);
    requireNonNull(quantities);
    requireNonNull(serviceTier);
    requireNonNull(region);
    requireNonNull(claimedCost);
    requireNonNull(hold);
    requireNonNull(dimensions);
    requireNonNull(point);
    requireNonNull(span);
    if (aliases.size() > MAX_ALIASES) {
      throw new IllegalArgumentException(
          "aliases: " + aliases.size() + " (expected: <= " + MAX_ALIASES + ")");
    }
    eventTime = eventTime.truncatedTo(ChronoUnit.MICROS);
    aliases = Set.copyOf(aliases);
    claims = List.copyOf(claims);
    flags = Set.copyOf(flags);
  }

  /** Of a single call that no span is told of. */
  public Evidence(
      EvidenceKey key,
      Fingerprint content,
      UsageSignal signal,
      Reporter reporter,
      GroupKey group,
      Set<Alias> aliases,
      Instant eventTime,
      String provider,
      Optional<String> model,
      Quantities quantities,
      Optional<String> serviceTier,
      Optional<String> region,
      Optional<ClaimedCost> claimedCost,
      List<IdentityClaim> claims,
      Optional<HoldAttempt> hold,
      Dimensions dimensions,
      Set<EvidenceFlag> flags) {
    this(
        key,
        content,
        signal,
        reporter,
        group,
        aliases,
        eventTime,
        provider,
        model,
        quantities,
        serviceTier,
        region,
        claimedCost,
        claims,
        hold,
        dimensions,
        flags,
        Optional.empty(),
        Optional.empty());
  }

  public int rank() {
    return signal.rank();
  }

  /** The tool's id; empty where nobody says. */
  public String tool() {
    return group.tool();
  }

  /** What makes it one call with others: the provider's ids, and the place under a hold. */
  public Set<Alias> joins() {
    if (hold.isEmpty()) {
      return aliases;
    }
    Set<Alias> joins = new HashSet<>(aliases);
    joins.add(hold.get().alias());
    return joins;
  }
}
