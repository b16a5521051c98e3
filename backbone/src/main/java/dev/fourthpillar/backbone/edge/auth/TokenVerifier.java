package dev.fourthpillar.backbone.edge.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * Turns a bearer token into a caller, or says why it is not accepted. A token that was verified is
 * remembered for a minute: verifying an elliptic-curve signature costs more than the rest of the
 * edge together. Its expiry is still looked at in every call.
 */
@Singleton
final class TokenVerifier {
  /**
   * Asymmetric signatures only. With HMAC in this list a public key would be a secret to sign with;
   * {@code none} is no signature.
   */
  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** The longest token that is looked at, in characters. */
  static final int MAX_TOKEN_LENGTH = 8192;

  private final AuthConfig config;
  private final String issuer;
  private final InstantSource clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final CallerClaims claims;
  private final Cache<String, Verified> verified;

  @Inject
  TokenVerifier(AuthConfig config, InstantSource clock) {
    this(config, clock, TokenKeys.of(config));
  }

  TokenVerifier(AuthConfig config, InstantSource clock, JWKSource<SecurityContext> keys) {
    this.config = config;
    this.clock = clock;
    this.issuer =
        switch (config.mode()) {
          case ISSUER -> config.issuer();
          case LOCAL -> LocalIssuer.NAME;
        };
    this.claims = new CallerClaims(config.rolesClaim(), config.engineerClaim());
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(config.verifiedCacheSize())
            .expireAfterWrite(config.verifiedCacheTime())
            .build();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier(new TokenClaimsVerifier(config, issuer, clock));
  }

  Caller verify(String token) {
    Verified known = verified.getIfPresent(token);
    if (known == null) {
      known = verifySignature(token);
      verified.put(token, known);
    }
    if (clock.instant().isAfter(known.expiresAt().plus(config.clockSkew()))) {
      throw expired(known.expiresAt());
    }
    return known.caller();
  }

  private Verified verifySignature(String token) {
    if (token.length() > MAX_TOKEN_LENGTH) {
      throw invalid(
          "it has %d characters (expected: at most %d)".formatted(token.length(), MAX_TOKEN_LENGTH),
          null);
    }
    try {
      // Parsed as a signed token, so that an unsigned or an encrypted one does not get further.
      JWTClaimsSet set = processor.process(SignedJWT.parse(token), null);
      return new Verified(claims.toCaller(set), set.getExpirationTime().toInstant());
    } catch (ParseException e) {
      throw invalid("it is not a signed JWT", e);
    } catch (TokenClaimsVerifier.Expired e) {
      throw expired(e.at());
    } catch (TokenClaimsVerifier.Unacceptable e) {
      throw invalid(e.getMessage(), e);
    } catch (KeySourceException e) {
      throw new FailureException(
          Failure.of(
              Reason.ISSUER_UNAVAILABLE, "the keys of issuer " + issuer + " could not be fetched"),
          e);
    } catch (BadJOSEException | JOSEException e) {
      throw invalid("its signature matches no key of issuer " + issuer, e);
    }
  }

  private FailureException invalid(String why, Throwable cause) {
    return new FailureException(
        Failure.of(Reason.TOKEN_INVALID, "the token is not accepted: " + why)
            .with("expected_issuer", issuer)
            .with("expected_audience", config.audience()),
        cause);
  }

  private static FailureException expired(Instant at) {
    return Failure.of(Reason.TOKEN_EXPIRED, "the token expired at " + at)
        .with("expired_at", at.toString())
        .asException();
  }

  private record Verified(Caller caller, Instant expiresAt) {}
}
