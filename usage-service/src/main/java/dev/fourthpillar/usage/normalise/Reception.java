package dev.fourthpillar.usage.normalise;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the receiver knows of an export that the export does not say.
 *
 * @param credential the id of the ingest credential it came with, never its secret
 * @param engineer whose credential it is, if it is one person's: wins over whatever a record says
 * @param window a resend within this is recognised; what is older is turned away by name
 * @param gateways those that are known to report calls themselves
 */
public record Reception(
    Instant receivedAt,
    Optional<String> credential,
    Optional<String> engineer,
    Duration window,
    Gateways gateways) {

  /** What the window is where nobody has set it. */
  private static final Duration USUAL_WINDOW = Duration.ofDays(35);

  public Reception {
    requireNonNull(receivedAt);
    requireNonNull(credential);
    requireNonNull(engineer);
    requireNonNull(window);
    requireNonNull(gateways);
  }

  public static Reception anonymous(Instant receivedAt) {
    return new Reception(
        receivedAt, Optional.empty(), Optional.empty(), USUAL_WINDOW, Gateways.NONE);
  }
}
