package dev.fourthpillar.backbone.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Page tokens: they lead on in their own list, and nowhere else. */
final class PageTokensTest {
  private static final PageTokens ADA = PageTokens.of("svc/List", "ada");

  @ParameterizedTest
  @CsvSource({"0, 50", "1, 1", "500, 500", "501, 500", "2147483647, 500"})
  void theSizeHasADefaultAndALimit(int asked, int given) {
    assertThat(ADA.read(asked, "").size()).isEqualTo(given);
  }

  @Test
  void aNegativeSizeIsRefused() {
    assertThat(catchThrowableOfType(FailureException.class, () -> ADA.read(-1, "")).failure())
        .satisfies(
            failure -> assertThat(failure.violations().getFirst().field()).isEqualTo("page_size"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"holiday", "", "größe", "a/b c"})
  void aTokenLeadsBehindTheLastRow(String key) {
    assertThat(ADA.read(10, tokenAfter(ADA, key)).after()).contains(key);
  }

  /**
   * Another build reads it. A 1; 8 bytes of the SHA-256 of each part of the filter behind its
   * length in 4 bytes, and the key; the key.
   */
  @Test
  void aTokenIsWrittenInTheSameWayForEver() {
    assertThat(tokenAfter(ADA, "holiday")).isEqualTo("AQNq2NvwXgaiaG9saWRheQ");
  }

  @Test
  void theLastPageHasNoToken() {
    assertThat(ADA.next(new Page<>(List.of("a"), Optional.empty()))).isEmpty();
  }

  @Test
  void aTokenOfAnotherListOrFilterIsRefused() {
    String token = tokenAfter(ADA, "holiday");

    assertRefused(PageTokens.of("svc/List", "grace"), token);
    assertRefused(PageTokens.of("svc/Other", "ada"), token);
    assertRefused(PageTokens.of("svc/List", "ada", ""), token);
    assertRefused(PageTokens.of("svc/Lista", "da"), token);
  }

  @Test
  void aTokenWithAnyByteChangedIsRefused() {
    byte[] token = Base64.getUrlDecoder().decode(tokenAfter(ADA, "holiday"));
    for (int i = 0; i < token.length; i++) {
      byte[] changed = token.clone();
      changed[i] ^= 1;
      assertRefused(ADA, Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "!!!", "AAAA", "AQ", "AQAAAAAAAAAA", "ünicode"})
  void whatIsNoTokenIsRefused(String token) {
    assertRefused(ADA, token);
  }

  @Test
  void aTokenBeyondTheLimitIsRefused() {
    assertRefused(ADA, "A".repeat(2_001));
  }

  @Test
  void aTokenThatNoDatabaseCouldUseIsRefused() {
    assertRefused(ADA, tokenAfter(ADA, "a\0b"));
  }

  @Test
  void anExtraRowTellsThatThereIsMore() {
    PageRequest two = new PageRequest(2, Optional.empty());

    assertThat(Page.of(List.of("a", "b", "c"), two, Function.identity()))
        .isEqualTo(new Page<>(List.of("a", "b"), Optional.of("b")));
    assertThat(Page.of(List.of("a", "b"), two, Function.identity()).lastKey()).isEmpty();
  }

  private static String tokenAfter(PageTokens tokens, String key) {
    return tokens.next(new Page<>(List.of(key.getBytes(StandardCharsets.UTF_8)), Optional.of(key)));
  }

  private static void assertRefused(PageTokens tokens, String token) {
    assertThat(
            catchThrowableOfType(FailureException.class, () -> tokens.read(10, token))
                .failure()
                .reason())
        .isEqualTo(Reason.PAGE_TOKEN_INVALID);
  }
}
