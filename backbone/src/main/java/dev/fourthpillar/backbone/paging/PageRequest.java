package dev.fourthpillar.backbone.paging;

import java.util.Optional;

/**
 * Which page of a list.
 *
 * @param size rows at most
 * @param after the sort key of the last row of the page before; absent for the first page
 */
public record PageRequest(int size, Optional<String> after) {
  /** Rows of a page when the request names no size. */
  public static final int DEFAULT_SIZE = 50;

  /** Rows of a page at most; a larger wish gets this, as AIP-158 has it. */
  public static final int MAX_SIZE = 500;

  public PageRequest {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException("size: %d (expected: 1 to %d)".formatted(size, MAX_SIZE));
    }
  }
}
