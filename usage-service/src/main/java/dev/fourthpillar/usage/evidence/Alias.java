package dev.fourthpillar.usage.evidence;

import java.util.Comparator;
import java.util.HexFormat;

/**
 * A provider's own name for a request or its response. Two reports that share one are about one
 * call. Request and response ids share a namespace, because Claude Code puts the one where others
 * put the other.
 */
public record Alias(String provider, String id) implements Comparable<Alias> {

  /** No provider has these names, so that no provider's id can be taken for a hold or a usage. */
  static final String HOLD = "fourthpillar:hold";

  private static final String WINDOW = "fourthpillar:window";

  /** What clients of our own API call the calls that they recorded. */
  public static final String USAGE = "fourthpillar:usage";

  private static final Comparator<Alias> ORDER =
      Comparator.comparing(Alias::provider).thenComparing(Alias::id);

  public Alias {
    if (provider.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("alias: blank (expected: a provider and an id)");
    }
  }

  /**
   * The id under which a client of our own API recorded a call.
   *
   * @param client the subject of its token: clients choose ids for themselves
   */
  public static Alias ofUsage(String client, String usageId) {
    return new Alias(USAGE, client + "/" + usageId);
  }

  /** What joins the points of a window. */
  public static Alias ofWindow(Fingerprint window) {
    return new Alias(
        WINDOW,
        HexFormat.of().toHexDigits(window.high()) + HexFormat.of().toHexDigits(window.low()));
  }

  public boolean isUsage() {
    return provider.equals(USAGE);
  }

  @Override
  public int compareTo(Alias other) {
    return ORDER.compare(this, other);
  }
}
