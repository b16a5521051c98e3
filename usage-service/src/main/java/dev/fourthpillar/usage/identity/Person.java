package dev.fourthpillar.usage.identity;

import java.util.Set;

/**
 * A person as comp-service tells of them.
 *
 * @param version of comp-service: the higher one counts
 * @param team empty for none
 * @param manager the manager's engineer id; empty for none
 * @param country ISO 3166-1 alpha-2
 * @param timeZone IANA
 */
record Person(
    String engineer,
    long version,
    String team,
    String manager,
    String country,
    String timeZone,
    Set<Identity> identities) {
  Person {
    identities = Set.copyOf(identities);
  }
}
