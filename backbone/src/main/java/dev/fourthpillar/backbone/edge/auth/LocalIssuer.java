package dev.fourthpillar.backbone.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.fourthpillar.backbone.caller.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * An issuer on this machine, for development: a key file that only its owner may read, and tokens
 * signed with it. Services in mode {@code local} trust the same file.
 */
public final class LocalIssuer {
  /** The {@code iss} claim of its tokens. */
  public static final String NAME = "fourthpillar-local";

  /** Where the key file is unless configured otherwise. */
  public static final String DEFAULT_KEY_FILE = "${user.home}/.fourthpillar/local-issuer.jwks";

  /** How long a token is good unless asked otherwise. */
  public static final Duration DEFAULT_TTL = Duration.ofHours(12);

  /** How long a token may be good. */
  public static final Duration MAX_TTL = Duration.ofDays(30);

  private final ECKey key;
  private final String audience;

  private LocalIssuer(ECKey key, String audience) {
    this.key = key;
    this.audience = audience;
  }

  /** Opens the key file, and makes it with mode 0600 when there is none. */
  public static LocalIssuer open(Path keyFile, String audience) {
    return new LocalIssuer(LocalKeyFile.readOrCreate(keyFile, LocalIssuer::newKey), audience);
  }

  /** A token for the caller, valid from now for the ttl. */
  public String mint(Caller caller, Duration ttl, Instant now) {
    if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(MAX_TTL) > 0) {
      throw new IllegalArgumentException(
          "ttl: %s (expected: more than 0, at most %s)".formatted(ttl, MAX_TTL));
    }
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(NAME)
            .audience(audience)
            .subject(caller.subject())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ttl)))
            .claim("roles", caller.roles().stream().map(Enum::name).sorted().toList());
    caller.engineer().ifPresent(id -> claims.claim("engineer", id));
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    SignedJWT token = new SignedJWT(header, claims.build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the local key cannot sign", e);
    }
    return token.serialize();
  }

  JWKSet publicKeys() {
    return new JWKSet(key.toPublicJWK());
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java cannot make an elliptic-curve key", e);
    }
  }
}
