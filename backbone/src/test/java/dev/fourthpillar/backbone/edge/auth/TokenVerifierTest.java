package dev.fourthpillar.backbone.edge.auth;

import static dev.fourthpillar.backbone.edge.auth.TestIssuer.NOW;
import static dev.fourthpillar.backbone.edge.auth.TestIssuer.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.testkit.MutableClock;
import io.grpc.Metadata;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are accepted, and what is said about the others. */
final class TokenVerifierTest {
  private static final URI JWKS = URI.create("https://id.example.com/jwks");

  private final MutableClock clock = MutableClock.at(NOW);
  private final TestIssuer issuer = new TestIssuer();
  private final TokenVerifier verifier = verifier(TestIssuer.trusting(JWKS));

  @Test
  void aGoodTokenTellsWhoCalls() {
    Caller caller = verifier.verify(issuer.sign(claims()));

    assertThat(caller.subject()).isEqualTo("ada");
    assertThat(caller.engineer()).contains("ada");
    assertThat(caller.roles()).containsExactly(Role.ENGINEER);
  }

  @Test
  void withoutATokenTheMissingHeaderIsNamed() {
    Failure none = failureOf(() -> BearerToken.of(new Metadata()));
    Failure otherScheme = failureOf(() -> BearerToken.of(authorization("Basic YTpi")));

    assertThat(List.of(none.reason(), otherScheme.reason())).containsOnly(Reason.TOKEN_MISSING);
    assertThat(none.message()).contains("'authorization' is absent");
    assertThat(otherScheme.message()).contains("another scheme").doesNotContain("YTpi");
  }

  @Test
  void theSchemeIsReadInAnyCase() {
    assertThat(BearerToken.of(authorization("bearer  abc "))).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "a.b.c", "eyJhbGciOiJFUzI1NiJ9..", "....", "ÿ.ÿ.ÿ"})
  void whatIsNoTokenIsInvalid(String token) {
    assertInvalid(token, "it is not a signed JWT");
  }

  @Test
  void aTokenWithoutSignatureIsInvalid() {
    assertInvalid(new PlainJWT(claims().build()).serialize(), "it is not a signed JWT");
  }

  @Test
  void aPublicKeyIsNoSharedSecret() throws Exception {
    byte[] publicKey = issuer.key().toECPublicKey().getEncoded();
    SignedJWT forged =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(),
            claims().build());
    forged.sign(new MACSigner(publicKey));

    assertInvalid(forged.serialize(), "its signature matches no key");
  }

  @Test
  void aSignatureOfAnotherKeyIsInvalid() {
    assertInvalid(new TestIssuer().sign(claims()), "its signature matches no key");
  }

  @Test
  void changedClaimsNoLongerFitTheSignature() {
    String[] mine = issuer.sign(claims()).split("\\.", -1);
    String[] theirs = issuer.sign(claims().claim("roles", "OPERATOR")).split("\\.", -1);

    assertInvalid(mine[0] + "." + theirs[1] + "." + mine[2], "its signature matches no key");
  }

  @Test
  void anotherIssuerIsNotTrusted() {
    assertInvalid(issuer.sign(claims().issuer("https://evil.example")), "its issuer is not");
    assertInvalid(issuer.sign(claims().issuer(null)), "its issuer is not");
  }

  @Test
  void aTokenForAnotherAudienceIsNotForUs() {
    assertInvalid(issuer.sign(claims().audience("mail")), "its audience does not contain");
    assertInvalid(issuer.sign(claims().audience((String) null)), "its audience does not contain");
    assertThat(verifier.verify(issuer.sign(claims().audience(List.of("mail", "fourthpillar")))))
        .isNotNull();
  }

  @Test
  void aTokenIsNotUsedBeforeItsTime() {
    String later = issuer.sign(claims().notBeforeTime(Date.from(NOW.plusSeconds(61))));

    assertInvalid(later, "it is not valid yet");
    clock.advance(Duration.ofSeconds(1));
    assertThat(verifier.verify(later).subject()).isEqualTo("ada");
  }

  @Test
  void anExpiredTokenSaysWhenItEnded() {
    clock.advance(Duration.ofMinutes(12));

    Failure failure = failureOf(() -> verifier.verify(issuer.sign(claims())));

    assertThat(failure.reason()).isEqualTo(Reason.TOKEN_EXPIRED);
    assertThat(failure.metadata()).isEqualTo(Map.of("expired_at", "2026-11-20T08:10:00Z"));
  }

  @Test
  void aTokenThatWasVerifiedBeforeExpiresAllTheSame() {
    String token = issuer.sign(claims());
    verifier.verify(token);
    clock.advance(Duration.ofMinutes(11));
    verifier.verify(token);
    clock.advance(Duration.ofNanos(1));

    assertThat(failureOf(() -> verifier.verify(token)).reason()).isEqualTo(Reason.TOKEN_EXPIRED);
  }

  @Test
  void aTokenWithoutExpiryOrSubjectIsInvalid() {
    assertInvalid(issuer.sign(claims().expirationTime(null)), "it has no expiry");
    assertInvalid(issuer.sign(claims().subject(null)), "it has no subject");
    assertInvalid(issuer.sign(claims().subject(" ")), "it has no subject");
  }

  @Test
  void aTokenBeyondTheLimitIsNotEvenLookedAt() {
    String token = issuer.sign(claims().claim("padding", "x".repeat(8192)));

    assertInvalid(token, "(expected: at most 8192)");
  }

  @Test
  void foreignRolesArePassedOver() {
    Caller caller =
        verifier.verify(
            issuer.sign(
                claims().claim("roles", List.of("role_finance", "offline_access", "hr", "root"))));

    assertThat(caller.roles()).containsExactlyInAnyOrder(Role.FINANCE, Role.HR);
  }

  @Test
  void rolesMayBeOneString() {
    JWTClaimsSet.Builder claims = claims().claim("roles", " AUDITOR  SERVICE ");

    assertThat(verifier.verify(issuer.sign(claims)).roles())
        .containsExactlyInAnyOrder(Role.AUDITOR, Role.SERVICE);
  }

  @Test
  void rolesThatAreNoNamesAreNone() {
    assertThat(verifier.verify(issuer.sign(claims().claim("roles", 7))).roles()).isEmpty();
    assertThat(verifier.verify(issuer.sign(claims().claim("roles", null))).roles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNSPECIFIED", "role_unspecified"})
  void theRoleThatIsNeverValidIsRefused(String role) {
    assertInvalid(issuer.sign(claims().claim("roles", List.of("HR", role))), "UNSPECIFIED");
  }

  @Test
  void claimsMayLieDeeper() {
    TokenVerifier nested =
        verifier(TestIssuer.config(JWKS, "realm_access.roles", "https://example.com/engineer"));

    Caller caller =
        nested.verify(
            issuer.sign(
                claims()
                    .claim("roles", List.of("OPERATOR"))
                    .claim("realm_access", Map.of("roles", List.of("HR")))
                    .claim("https://example.com/engineer", "grace")));

    assertThat(caller.roles()).containsExactly(Role.HR);
    assertThat(caller.engineer()).contains("grace");
  }

  @Test
  void anEngineerIdThatIsNoTextIsNone() {
    assertThat(verifier.verify(issuer.sign(claims().claim("engineer", 7))).engineer()).isEmpty();
    assertThat(verifier.verify(issuer.sign(claims().claim("engineer", " "))).engineer()).isEmpty();
  }

  private void assertInvalid(String token, String why) {
    Failure failure = failureOf(() -> verifier.verify(token));

    assertThat(failure.reason()).isEqualTo(Reason.TOKEN_INVALID);
    assertThat(failure.message()).startsWith("the token is not accepted: ").contains(why);
    assertThat(failure.metadata())
        .isEqualTo(
            Map.of("expected_issuer", TestIssuer.NAME, "expected_audience", TestIssuer.AUDIENCE));
  }

  private TokenVerifier verifier(AuthConfig config) {
    return new TokenVerifier(config, clock, new ImmutableJWKSet<>(issuer.published()));
  }

  private static Metadata authorization(String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), value);
    return headers;
  }

  private static Failure failureOf(Runnable call) {
    return catchThrowableOfType(FailureException.class, call::run).failure();
  }
}
