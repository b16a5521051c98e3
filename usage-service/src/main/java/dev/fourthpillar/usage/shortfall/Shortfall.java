package dev.fourthpillar.usage.shortfall;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a group's metrics say of a model beyond its calls.
 *
 * @param engineer or pseudonym; empty for nobody known
 * @param model as reported
 * @param until the end of the last hour
 * @param kinds by kind of tokens, those that are short
 */
public record Shortfall(
    String tool,
    String engineer,
    String session,
    String model,
    Instant from,
    Instant until,
    SortedMap<String, Sides> kinds) {

  public Shortfall {
    kinds = Collections.unmodifiableSortedMap(new TreeMap<>(kinds));
  }

  /** Of one kind of tokens: what metrics say, and what calls do. */
  public record Sides(long metered, long counted) {}
}
