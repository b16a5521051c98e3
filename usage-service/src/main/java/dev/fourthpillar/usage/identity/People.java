package dev.fourthpillar.usage.identity;

import dev.fourthpillar.usage.evidence.IdentityClaim;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Who is who, as far as a batch of claims asks. Immutable. */
public final class People {
  private final Map<String, NavigableMap<Instant, String>> countries;
  private final Map<Identity, NavigableMap<Instant, Optional<String>>> mapped = new HashMap<>();
  private final Map<Identity, Set<String>> told = new HashMap<>();

  People(Map<String, NavigableMap<Instant, String>> countries, Collection<Mapping> mappings) {
    this.countries = Map.copyOf(countries);
    mappings.stream()
        .sorted(Comparator.comparing(Mapping::since))
        .forEach(
            mapping -> {
              if (mapping.fromPeople()) {
                told.computeIfAbsent(mapping.identity(), _ -> new HashSet<>())
                    .add(mapping.engineer().orElseThrow());
              } else {
                mapped
                    .computeIfAbsent(mapping.identity(), _ -> new TreeMap<>())
                    .put(mapping.since(), mapping.engineer());
              }
            });
  }

  /** The first claim, in the order given, that names somebody who is known. */
  public Optional<String> engineer(List<IdentityClaim> claims, Instant eventTime) {
    for (IdentityClaim claim : claims) {
      Optional<String> engineer =
          Identity.of(claim)
              .map(identity -> engineer(identity, eventTime))
              .orElseGet(() -> Optional.of(claim.value()))
              .filter(countries::containsKey);
      if (engineer.isPresent()) {
        return engineer;
      }
    }
    return Optional.empty();
  }

  /** Whether comp-service has told of that engineer. */
  public boolean knows(String engineer) {
    return countries.containsKey(engineer);
  }

  /** Where a known engineer worked; the first country that is known counts for all time before. */
  public String country(String engineer, Instant eventTime) {
    NavigableMap<Instant, String> known = countries.get(engineer);
    if (known == null) {
      throw new IllegalArgumentException("engineer: not known (expected: a known one)");
    }
    Map.Entry<Instant, String> then = known.floorEntry(eventTime);
    return then == null ? known.firstEntry().getValue() : then.getValue();
  }

  private Optional<String> engineer(Identity identity, Instant eventTime) {
    Map.Entry<Instant, Optional<String>> mapping =
        mapped.getOrDefault(identity, new TreeMap<>()).floorEntry(eventTime);
    if (mapping != null) {
      return mapping.getValue();
    }
    // An identity that two people have tells nothing.
    Set<String> owners = told.getOrDefault(identity, Set.of());
    return owners.size() == 1 ? owners.stream().findFirst() : Optional.empty();
  }
}
