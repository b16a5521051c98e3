package dev.fourthpillar.usage.report;

/** A row that cannot be read: which field, what was expected, and what it had. */
final class RowException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 80;

  RowException(String field, String expected, Object actual) {
    super("%s: %s (expected: %s)".formatted(field, brief(String.valueOf(actual)), expected));
  }

  private static String brief(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
