package dev.fourthpillar.backbone.paging;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Page tokens of one list with one filter. A token says where the next page begins and is bound to
 * the list and its filter: with another filter "where" would mean something else.
 *
 * <p>A token is opaque, not secret: it grants nothing, every page is authorised like the first.
 */
public final class PageTokens {
  private static final byte VERSION = 1;
  private static final int CHECK_BYTES = 8;
  private static final int MAX_TOKEN_LENGTH = 2_000;

  private final String[] filter;

  private PageTokens(String[] filter) {
    this.filter = filter;
  }

  /**
   * @param list full name of the RPC
   * @param filter the values of all other request fields that choose or order the rows
   */
  public static PageTokens of(String list, String... filter) {
    String[] bound = new String[filter.length + 1];
    bound[0] = list;
    System.arraycopy(filter, 0, bound, 1, filter.length);
    return new PageTokens(bound);
  }

  /** The page that the request's paging fields ask for. */
  public PageRequest read(int pageSize, String pageToken) {
    if (pageSize < 0) {
      throw Failure.invalidField("page_size", "must be 0 or more", "page_size").asException();
    }
    int size = pageSize == 0 ? PageRequest.DEFAULT_SIZE : Math.min(pageSize, PageRequest.MAX_SIZE);
    return new PageRequest(
        size, pageToken.isEmpty() ? Optional.empty() : Optional.of(key(pageToken)));
  }

  /** The token of the page after this one; empty when there is none. */
  public String next(Page<?> page) {
    return page.lastKey().map(this::token).orElse("");
  }

  private String token(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer token = ByteBuffer.allocate(1 + CHECK_BYTES + bytes.length);
    token.put(VERSION).put(check(bytes)).put(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  private String key(String token) {
    if (token.length() > MAX_TOKEN_LENGTH) {
      throw invalid();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      throw invalid();
    }
    if (bytes.length < 1 + CHECK_BYTES || bytes[0] != VERSION) {
      throw invalid();
    }
    byte[] key = Arrays.copyOfRange(bytes, 1 + CHECK_BYTES, bytes.length);
    if (!Arrays.equals(check(key), Arrays.copyOfRange(bytes, 1, 1 + CHECK_BYTES))) {
      throw invalid();
    }
    String text = new String(key, StandardCharsets.UTF_8);
    // Whoever made this token knows how, but no row has such a key, and PostgreSQL no such text.
    if (text.indexOf('\0') >= 0) {
      throw invalid();
    }
    return text;
  }

  private byte[] check(byte[] key) {
    Hasher sha = Hashing.sha256().newHasher();
    for (String part : filter) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // The length keeps ("ab", "c") and ("a", "bc") apart.
      sha.putBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip()).putBytes(bytes);
    }
    return Arrays.copyOf(sha.putBytes(key).hash().asBytes(), CHECK_BYTES);
  }

  private static RuntimeException invalid() {
    return Failure.of(
            Reason.PAGE_TOKEN_INVALID,
            "page_token is not one of this list, or the request's other fields changed since")
        .asException();
  }
}
