package dev.fourthpillar.backbone.edge.auth;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are accepted.
 *
 * @param mode {@code issuer}: tokens of an OpenID Connect issuer. {@code local}: tokens of a key
 *     file on this machine, and the service binds the loopback interface only
 * @param issuer the {@code iss} claim, exactly
 * @param jwksUrl where the issuer publishes its keys; https, or http on the loopback interface
 * @param audience what the {@code aud} claim must contain
 * @param clockSkew accepted between the issuer's clock and ours, for {@code exp} and {@code nbf}
 * @param rolesClaim the claim that lists roles; a dotted path reaches into objects ({@code
 *     realm_access.roles})
 * @param engineerClaim the claim with the engineer id; a dotted path as well
 * @param jwksCacheTime how long fetched keys are good
 * @param jwksOutageTolerance how long keys are used beyond that while the issuer cannot be reached
 * @param jwksTimeout of one fetch
 * @param verifiedCacheTime how long a token that was verified is not verified again
 * @param verifiedCacheSize tokens remembered as verified, per replica
 * @param localKeyFile the key file of mode {@code local}; made on first use
 */
@ConfigurationProperties(AuthConfig.PREFIX)
public record AuthConfig(
    @Bindable(defaultValue = "ISSUER") Mode mode,
    @Nullable String issuer,
    @Nullable URI jwksUrl,
    @Bindable(defaultValue = AuthConfig.DEFAULT_AUDIENCE) String audience,
    @Bindable(defaultValue = "60s") Duration clockSkew,
    @Bindable(defaultValue = "roles") String rolesClaim,
    @Bindable(defaultValue = "engineer") String engineerClaim,
    @Bindable(defaultValue = "5m") Duration jwksCacheTime,
    @Bindable(defaultValue = "4h") Duration jwksOutageTolerance,
    @Bindable(defaultValue = "2s") Duration jwksTimeout,
    @Bindable(defaultValue = "60s") Duration verifiedCacheTime,
    @Bindable(defaultValue = "10000") int verifiedCacheSize,
    @Bindable(defaultValue = LocalIssuer.DEFAULT_KEY_FILE) String localKeyFile) {
  public static final String PREFIX = "fourthpillar.auth";

  /** What tokens for the suite are made out for. */
  public static final String DEFAULT_AUDIENCE = "fourthpillar";

  /** Where trust comes from. */
  public enum Mode {
    ISSUER,
    LOCAL
  }

  public AuthConfig {
    Check check = new Check(PREFIX);
    if (mode == Mode.ISSUER) {
      String orLocal = ", or " + PREFIX + ".mode=local for a machine of your own";
      check.that(
          "issuer",
          issuer != null && !issuer.isBlank(),
          issuer,
          "the issuer of the tokens, for example https://id.example.com" + orLocal);
      check.that(
          "jwks-url",
          jwksUrl != null && isSafe(jwksUrl),
          jwksUrl,
          "the https URL of the issuer's keys (http only on the loopback interface)" + orLocal);
    }
    check.that("audience", !audience.isBlank(), audience, "not blank");
    check.that("roles-claim", !rolesClaim.isBlank(), rolesClaim, "not blank");
    check.that("engineer-claim", !engineerClaim.isBlank(), engineerClaim, "not blank");
    check.between("clock-skew", clockSkew, Duration.ZERO, Duration.ofMinutes(5));
    check.between("jwks-cache-time", jwksCacheTime, Duration.ofMinutes(1), Duration.ofDays(1));
    check.between("jwks-outage-tolerance", jwksOutageTolerance, jwksCacheTime, Duration.ofDays(7));
    check.between("jwks-timeout", jwksTimeout, Duration.ofMillis(100), Duration.ofSeconds(30));
    check.between(
        "verified-cache-time", verifiedCacheTime, Duration.ofSeconds(1), Duration.ofMinutes(10));
    check.between("verified-cache-size", verifiedCacheSize, 1, 1_000_000);
  }

  private static boolean isSafe(URI url) {
    return "https".equals(url.getScheme())
        || ("http".equals(url.getScheme()) && Loopback.isLoopback(url.getHost()));
  }
}
