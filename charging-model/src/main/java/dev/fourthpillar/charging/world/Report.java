package dev.fourthpillar.charging.world;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One report of one model call.
 *
 * @param key same key, same report
 * @param version of a hold's account its settlement sequence; else tells contents of one key apart
 * @param group the session whose signals say the same calls again; empty outside of sessions
 * @param ids the provider's ids of the call
 * @param time when it happened, by this report
 * @param tokens none where the report knows the call and not its size
 * @param hold what the call was held by, if the report says so
 * @param call which call it truly is; nobody who charges may look
 */
public record Report(
    String key,
    int version,
    Source source,
    String group,
    Set<String> ids,
    Instant time,
    String model,
    Tokens tokens,
    List<Claim> claims,
    Optional<Attempt> hold,
    int call)
    implements Delivery {

  public Report {
    ids = Set.copyOf(ids);
    claims = List.copyOf(claims);
  }

  /** Two reports that share one of these are about one call. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    names.add("key " + key);
    ids.forEach(id -> names.add("id " + id));
    hold.ifPresent(attempt -> names.add("attempt " + attempt));
    return names;
  }

  /** Another content under the same key. */
  public Report saying(int otherVersion, Tokens other) {
    return new Report(
        key, otherVersion, source, group, ids, time, model, other, claims, hold, call);
  }
}
