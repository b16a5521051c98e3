package dev.fourthpillar.usage.evidence;

import java.util.Comparator;

/**
 * A provider's own name for a request or its response. Two reports that share one are about one
 * call. Request and response ids share a namespace, because Claude Code puts the one where others
 * put the other.
 */
public record Alias(String provider, String id) implements Comparable<Alias> {

  private static final Comparator<Alias> ORDER =
      Comparator.comparing(Alias::provider).thenComparing(Alias::id);

  public Alias {
    if (provider.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("alias: blank (expected: a provider and an id)");
    }
  }

  @Override
  public int compareTo(Alias other) {
    return ORDER.compare(this, other);
  }
}
