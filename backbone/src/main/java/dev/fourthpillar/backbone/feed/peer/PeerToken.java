package dev.fourthpillar.backbone.feed.peer;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.AuthConfig;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import io.grpc.CallCredentials;
import io.micronaut.context.env.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The token of role SERVICE that a service shows: minted in auth mode {@code local}, otherwise read
 * from a file, anew for each call, so that it may be renewed in place.
 */
public final class PeerToken {
  private final Supplier<String> token;

  private PeerToken(Supplier<String> token) {
    this.token = token;
  }

  static PeerToken minted(LocalIssuer issuer, String subject, InstantSource clock) {
    Caller self = new Caller(subject, Optional.empty(), Set.of(Role.SERVICE));
    return new PeerToken(() -> issuer.mint(self, LocalIssuer.DEFAULT_TTL, clock.instant()));
  }

  static PeerToken readFrom(Path file) {
    return new PeerToken(() -> read(file));
  }

  /** What the configuration of a service that does not run gives it to show; empty when nothing. */
  public static Optional<PeerToken> of(Environment environment) {
    AuthConfig.Mode mode =
        environment
            .getProperty(AuthConfig.PREFIX + ".mode", AuthConfig.Mode.class)
            .orElse(AuthConfig.Mode.ISSUER);
    return switch (mode) {
      case LOCAL -> {
        String keyFile =
            environment
                .getProperty(AuthConfig.PREFIX + ".local-key-file", String.class)
                .orElseGet(
                    () ->
                        environment
                            .getPlaceholderResolver()
                            .resolveRequiredPlaceholders(LocalIssuer.DEFAULT_KEY_FILE));
        String audience =
            environment
                .getProperty(AuthConfig.PREFIX + ".audience", String.class)
                .orElse(AuthConfig.DEFAULT_AUDIENCE);
        yield Optional.of(
            minted(LocalIssuer.open(Path.of(keyFile), audience), "check", InstantSource.system()));
      }
      case ISSUER ->
          environment
              .getProperty(PeersConfig.PREFIX + ".token-file", String.class)
              .filter(file -> !file.isBlank())
              .map(file -> readFrom(Path.of(file)));
    };
  }

  /** Shows the token with each call. */
  public CallCredentials credentials() {
    return new PeerCredentials(token);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
