package dev.fourthpillar.usage.normalise;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Gateways that reserve budget for calls and report them: what goes through them has a hold, which
 * may come later than the tool's own word.
 */
public final class Gateways {
  /** In the list: a tool that says only that it does not talk to its provider. */
  public static final String ANY = "any";

  static final Gateways NONE = new Gateways(Set.of());

  private static final String UNNAMED = "true";

  private final Set<String> origins = new HashSet<>();

  /**
   * @param known addresses such as {@code https://gateway.example.com}, of which scheme, host and
   *     port count; or {@link #ANY}
   * @throws IllegalArgumentException if one is neither
   */
  public Gateways(Collection<String> known) {
    for (String gateway : known) {
      if (!isKnowable(gateway)) {
        throw new IllegalArgumentException(
            gateway + " (expected: an address with scheme and host, or " + ANY + ")");
      }
      origins.add(gateway.equalsIgnoreCase(ANY) ? ANY : origin(gateway));
    }
  }

  /** Whether it is an address, or {@link #ANY}. */
  public static boolean isKnowable(String gateway) {
    return gateway.equalsIgnoreCase(ANY) || !origin(gateway).isEmpty();
  }

  /**
   * Whether it names one of them.
   *
   * @param said the address; or that there is one, which is all that Claude Code tells today
   */
  boolean knows(String said) {
    return origins.contains(said.equalsIgnoreCase(UNNAMED) ? ANY : origin(said));
  }

  /** Scheme, host and port; empty for what is no address. */
  private static String origin(String address) {
    try {
      URI uri = new URI(address.trim());
      return uri.getScheme() == null || uri.getHost() == null
          ? ""
          : "%s://%s:%d"
              .formatted(uri.getScheme(), uri.getHost(), port(uri))
              .toLowerCase(Locale.ROOT);
    } catch (URISyntaxException _) {
      return "";
    }
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("http") ? 80 : 443;
  }
}
