package dev.fourthpillar.backbone.outcome;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request that changes something, as far as its outcome is concerned.
 *
 * @param subject the caller's subject: an outcome belongs to the caller who asked for it
 * @param method full name of the RPC
 * @param requestId chosen by the client, at most {@value #MAX_REQUEST_ID_LENGTH} characters
 * @param content what was asked, as the bytes of each field by its path; kept only as salted
 *     digests
 */
public record MutatingRequest(
    String subject, String method, String requestId, SortedMap<String, byte[]> content) {

  /** Length of a request id. */
  public static final int MAX_REQUEST_ID_LENGTH = 200;

  public MutatingRequest {
    if (requestId.isEmpty() || requestId.length() > MAX_REQUEST_ID_LENGTH) {
      throw new IllegalArgumentException(
          "request_id: %d characters (expected: 1 to %d)"
              .formatted(requestId.length(), MAX_REQUEST_ID_LENGTH));
    }
    content = Collections.unmodifiableSortedMap(new TreeMap<>(content));
  }
}
