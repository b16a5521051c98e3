package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
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
 * @param eventTime when it happened; never after it was received
 * @param provider one of {@link Providers}, or a custom one
 * @param model as the tool names it
 * @param serviceTier what changes the price of the whole call ({@code fast}, {@code batch}); absent
 *     is standard
 * @param claims in order of precedence
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
    Optional<ClaimedCost> claimedCost,
    List<IdentityClaim> claims,
    Dimensions dimensions,
    Set<EvidenceFlag> flags) {

  /** A call has a request id and a response id; a gateway may add its own two. */
  public static final int MAX_ALIASES = 8;

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
    requireNonNull(claimedCost);
    requireNonNull(dimensions);
    if (quantities.isEmpty()) {
      throw new IllegalArgumentException("quantities: none (expected: at least one known kind)");
    }
    if (aliases.size() > MAX_ALIASES) {
      throw new IllegalArgumentException(
          "aliases: " + aliases.size() + " (expected: <= " + MAX_ALIASES + ")");
    }
    aliases = Set.copyOf(aliases);
    claims = List.copyOf(claims);
    flags = Set.copyOf(flags);
  }

  public int rank() {
    return signal.rank();
  }
}
