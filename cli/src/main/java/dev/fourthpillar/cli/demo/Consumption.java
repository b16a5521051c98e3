package dev.fourthpillar.cli.demo;

/**
 * What is consumed of one model altogether.
 *
 * @param input tokens that are in no cache
 * @param cacheRead tokens that are
 * @param output tokens that are written
 */
record Consumption(String provider, String model, long input, long cacheRead, long output) {
  static final long MILLION = 1_000_000;

  static Consumption millions(String model, long input, long cacheRead, long output) {
    return new Consumption(
        "anthropic", model, input * MILLION, cacheRead * MILLION, output * MILLION);
  }
}
