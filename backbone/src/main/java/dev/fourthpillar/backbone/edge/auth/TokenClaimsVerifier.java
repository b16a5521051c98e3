package dev.fourthpillar.backbone.edge.auth;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/**
 * Issuer, audience, times and subject of a token whose signature is good. By hand, because the
 * library's verifier takes the system's clock and tells in one exception what we tell in three.
 */
final class TokenClaimsVerifier implements JWTClaimsSetVerifier<SecurityContext> {
  private final AuthConfig config;
  private final String issuer;
  private final InstantSource clock;

  TokenClaimsVerifier(AuthConfig config, String issuer, InstantSource clock) {
    this.config = config;
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
    Instant now = clock.instant();
    require(issuer.equals(claims.getIssuer()), "its issuer is not " + issuer);
    require(
        claims.getAudience().contains(config.audience()),
        "its audience does not contain " + config.audience());
    require(
        claims.getSubject() != null && !claims.getSubject().isBlank(), "it has no subject (sub)");
    require(claims.getExpirationTime() != null, "it has no expiry (exp)");
    Date notBefore = claims.getNotBeforeTime();
    require(
        notBefore == null || !now.plus(config.clockSkew()).isBefore(notBefore.toInstant()),
        "it is not valid yet (nbf)");
    Instant expiry = claims.getExpirationTime().toInstant();
    if (now.isAfter(expiry.plus(config.clockSkew()))) {
      throw new Expired(expiry);
    }
  }

  private static void require(boolean condition, String otherwise) throws Unacceptable {
    if (!condition) {
      throw new Unacceptable(otherwise);
    }
  }

  /** A claim is not what this installation expects. */
  static final class Unacceptable extends BadJWTException {
    Unacceptable(String message) {
      super(message);
    }
  }

  /** The token was good once. */
  static final class Expired extends BadJWTException {
    private final transient Instant at;

    Expired(Instant at) {
      super("expired");
      this.at = at;
    }

    Instant at() {
      return at;
    }
  }
}
