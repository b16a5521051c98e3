package dev.fourthpillar.backbone.edge.auth;

import static dev.fourthpillar.backbone.edge.auth.TestIssuer.NOW;
import static dev.fourthpillar.backbone.edge.auth.TestIssuer.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.testkit.MutableClock;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keys by URL: fetched once, fetched again when the issuer rotates, not needed for what is known.
 */
final class IssuerKeysTest {
  private final TestIssuer issuer = new TestIssuer();
  private PublishedKeys url;
  private TokenVerifier verifier;

  @BeforeEach
  void publish() throws IOException {
    url = new PublishedKeys(issuer.published());
    verifier = new TokenVerifier(TestIssuer.trusting(url.url()), MutableClock.at(NOW));
  }

  @AfterEach
  void unpublish() {
    url.close();
  }

  @Test
  void oneFetchServesManyTokens() {
    for (int i = 0; i < 20; i++) {
      assertThat(verifier.verify(issuer.sign(claims().subject("s" + i))).subject())
          .isEqualTo("s" + i);
    }

    assertThat(url.fetches()).isEqualTo(1);
  }

  @Test
  void aRotatedKeyIsPickedUpWithTheFirstTokenThatNeedsIt() {
    verifier.verify(issuer.sign(claims()));
    issuer.rotate();
    url.publish(issuer.published());

    assertThat(verifier.verify(issuer.sign(claims().subject("grace"))).subject())
        .isEqualTo("grace");
  }

  @Test
  void madeUpKeysDoNotTurnIntoLoadOnTheIssuer() {
    verifier.verify(issuer.sign(claims()));
    for (int i = 0; i < 20; i++) {
      String madeUp = new TestIssuer().sign(claims());
      assertThat(reasonOf(madeUp)).isEqualTo(Reason.TOKEN_INVALID);
    }

    assertThat(url.fetches()).isLessThanOrEqualTo(3);
    assertThat(verifier.verify(issuer.sign(claims().subject("grace"))).subject())
        .isEqualTo("grace");
  }

  @Test
  void withoutAnyKeysNobodyCanTell() {
    url.goOut();

    assertThat(reasonOf(issuer.sign(claims()))).isEqualTo(Reason.ISSUER_UNAVAILABLE);
  }

  @Test
  void anOutageDoesNotTouchWhoIsKnown() {
    String known = issuer.sign(claims());
    verifier.verify(known);
    url.goOut();

    assertThat(verifier.verify(known).subject()).isEqualTo("ada");
    assertThat(verifier.verify(issuer.sign(claims().subject("grace"))).subject())
        .as("another token of a known key")
        .isEqualTo("grace");
  }

  @Test
  void aTokenOfANewKeyDuringAnOutageIsNotCalledInvalid() {
    verifier.verify(issuer.sign(claims()));
    issuer.rotate();
    url.goOut();

    assertThat(reasonOf(issuer.sign(claims()))).isEqualTo(Reason.ISSUER_UNAVAILABLE);
  }

  @Test
  void afterAnOutageTheIssuerIsAskedAgain() {
    url.goOut();
    assertThat(reasonOf(issuer.sign(claims()))).isEqualTo(Reason.ISSUER_UNAVAILABLE);
    url.comeBack();

    assertThat(verifier.verify(issuer.sign(claims())).subject()).isEqualTo("ada");
  }

  private Reason reasonOf(String token) {
    return catchThrowableOfType(FailureException.class, () -> verifier.verify(token))
        .failure()
        .reason();
  }
}
