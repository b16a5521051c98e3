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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An issuer with one key at a time, and the configuration that trusts it. */
final class TestIssuer {
  static final String NAME = "https://id.example.com";
  static final String AUDIENCE = "fourthpillar";
  static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

  private ECKey key = newKey();

  /** The issuer signs with another key from now on. */
  void rotate() {
    key = newKey();
  }

  ECKey key() {
    return key;
  }

  JWKSet published() {
    return new JWKSet(key.toPublicJWK());
  }

  /** Claims that nothing is wrong with. */
  static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(NAME)
        .audience(AUDIENCE)
        .subject("ada")
        .expirationTime(Date.from(NOW.plusSeconds(600)))
        .claim("roles", List.of("ENGINEER"))
        .claim("engineer", "ada");
  }

  String sign(JWTClaimsSet.Builder claims) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            claims.build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  static AuthConfig trusting(URI jwks) {
    return config(jwks, "roles", "engineer");
  }

  static AuthConfig config(URI jwks, String rolesClaim, String engineerClaim) {
    return new AuthConfig(
        AuthConfig.Mode.ISSUER,
        NAME,
        jwks,
        AUDIENCE,
        Duration.ofSeconds(60),
        rolesClaim,
        engineerClaim,
        Duration.ofMinutes(5),
        Duration.ofHours(4),
        Duration.ofSeconds(2),
        Duration.ofMinutes(10),
        100,
        "unused");
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
