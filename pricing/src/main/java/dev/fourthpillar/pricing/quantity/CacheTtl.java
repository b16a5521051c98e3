package dev.fourthpillar.pricing.quantity;

/** How long a written cache entry lives, as the providers name it. Part of the price key. */
public enum CacheTtl {
  /** The source does not say, or the tokens are not cache writes. */
  UNLABELLED(""),
  M5("5m"),
  M30("30m"),
  H1("1h"),
  H12("12h");

  private final String code;

  CacheTtl(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }
}
