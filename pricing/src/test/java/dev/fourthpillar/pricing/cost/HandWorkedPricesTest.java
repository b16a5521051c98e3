package dev.fourthpillar.pricing.cost;

import static dev.fourthpillar.pricing.TestBooks.nanos;
import static dev.fourthpillar.pricing.TestBooks.quantities;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.book.SeedPriceBook;
import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.naming.ModelName;
import org.junit.jupiter.api.Test;

/**
 * Prices worked out by hand from the published rates: tokens × USD per million, in millionths of a
 * dollar, beside each case. Provider names are those the telemetry reports.
 */
class HandWorkedPricesTest {

  private static final Pricer SEED = new Pricer(SeedPriceBook.load());

  @Test
  void anthropic() {
    // 1,101×3 + 21,009×0.30 + 331×3.75 + 77×6 + 553×15
    //   = 3,303 + 6,302.70 + 1,241.25 + 462 + 8,295 = 19,603.95
    costs(
        "0.01960395",
        request(
            "anthropic",
            "claude-sonnet-4-5",
            "input",
            1_101,
            "cache_read",
            21_009,
            "cache_write.5m",
            331,
            "cache_write.1h",
            77,
            "output",
            553));
    // prompt exactly 200,000: 100,000×3 + 100,000×0.30 + 1,000×15 = 300,000 + 30,000 + 15,000
    costs(
        "0.345",
        request(
            "anthropic",
            "claude-sonnet-4-5",
            "input",
            100_000,
            "cache_read",
            100_000,
            "output",
            1_000));
    // one more, all kinds switch: 100,001×6 + 100,000×0.60 + 1,000×22.50
    //   = 600,006 + 60,000 + 22,500 = 682,506
    costs(
        "0.682506",
        request(
            "anthropic",
            "claude-sonnet-4-5",
            "input",
            100_001,
            "cache_read",
            100_000,
            "output",
            1_000));
    // 2,000×1 + 50,000×0.10 + 4,000×1.25 + 700×5 = 2,000 + 5,000 + 5,000 + 3,500
    costs(
        "0.0155",
        request(
            "anthropic",
            "claude-haiku-4-5-20251001",
            "input",
            2_000,
            "cache_read",
            50_000,
            "cache_write.5m",
            4_000,
            "output",
            700));
    // (1,000×5 + 10,000×0.50 + 500×25) × 6 fast × 1.1 us = 22,500 × 6.6 = 148,500
    costs(
        "0.1485",
        request("anthropic", "claude-opus-4-6", "input", 1_000, "cache_read", 10_000, "output", 500)
            .at(ServiceTier.FAST)
            .in("us"));
    // 10,000×5 + 8,000×10 + 2,000×25 + 3 searches × 0.01 = 50,000 + 80,000 + 50,000 + 30,000
    costs(
        "0.21",
        request(
            "anthropic",
            "claude-opus-4-5",
            "input",
            10_000,
            "cache_write.1h",
            8_000,
            "output",
            2_000,
            "requests.web_search",
            3));
    // (1,000×5 + 1,000×25) × 2 fast = 60,000
    costs(
        "0.06",
        request("anthropic", "claude-opus-5", "input", 1_000, "output", 1_000)
            .at(ServiceTier.FAST));
    // (12,345×2 + 678×10) × 1.1 us = (24,690 + 6,780) × 1.1 = 34,617
    costs(
        "0.034617",
        request("anthropic", "claude-sonnet-5", "input", 12_345, "output", 678).in("US"));
    // 123×10 + 1,000×12.50 + 10×20 (above 1 h) + 7×50 = 1,230 + 12,500 + 200 + 350 = 14,280
    costs(
        "0.01428",
        request(
            "anthropic",
            "claude-fable-5",
            "input",
            123,
            "cache_write.5m",
            1_000,
            "cache_write.12h",
            10,
            "output",
            7));
  }

  @Test
  void openAi() {
    // 1,101×2.50 + 21,009×0.25 + 598×15 = 2,752.50 + 5,252.25 + 8,970 = 16,974.75
    costs(
        "0.01697475",
        request(
            "openai",
            "gpt-5.4",
            "input",
            1_101,
            "cache_read",
            21_009,
            "output",
            598,
            "reasoning",
            45));
    // flex: 1,000×1.25 + 1,001×0.13 + 10×7.50 = 1,250 + 130.13 + 75 = 1,455.13
    costs(
        "0.00145513",
        request("openai", "gpt-5.4", "input", 1_000, "cache_read", 1_001, "output", 10)
            .at(ServiceTier.FLEX));
    // batch: 4,000×1.25 + 200×7.50 = 5,000 + 1,500
    costs(
        "0.0065",
        request("openai", "gpt-5.4", "input", 4_000, "output", 200).at(ServiceTier.BATCH));
    // priority in the EU: (1,000×5 + 2,000×0.50 + 300×30) × 1.1 = 15,000 × 1.1
    costs(
        "0.0165",
        request("openai", "gpt-5.4", "input", 1_000, "cache_read", 2_000, "output", 300)
            .at(ServiceTier.PRIORITY)
            .in("eu"));
    // over 272,000: 272,001×5 + 100×22.50 = 1,360,005 + 2,250
    costs("1.362255", request("openai", "gpt-5.4", "input", 272_001, "output", 100));
    // flex over 272,000: 100,000×5 + 150,000×0.50 + 50,000×6.25 + 1,000×22.50
    //   = 500,000 + 75,000 + 312,500 + 22,500 = 910,000
    costs(
        "0.91",
        request(
                "openai",
                "gpt-5.6",
                "input",
                100_000,
                "cache_read",
                150_000,
                "cache_write.30m",
                50_000,
                "output",
                1_000)
            .at(ServiceTier.FLEX));
    // 777×0.20 + 333×0.02 + 111×1.25 = 155.40 + 6.66 + 138.75 = 300.81
    costs(
        "0.00030081",
        request("openai", "gpt-5.4-nano", "input", 777, "cache_read", 333, "output", 111));
    // 10,001×0.75 + 999×0.075 + 3×4.50 = 7,500.75 + 74.925 + 13.50 = 7,589.175
    costs(
        "0.007589175",
        request("openai", "gpt-5.4-mini", "input", 10_001, "cache_read", 999, "output", 3));
    // batch: 1,000,000×1 + 250,000×4 = 2,000,000
    costs(
        "2",
        request("openai", "gpt-4.1", "input", 1_000_000, "output", 250_000).at(ServiceTier.BATCH));
    // priority: 2,000×3.50 + 10,000×0.35 + 900×28 = 7,000 + 3,500 + 25,200
    costs(
        "0.0357",
        request("openai", "gpt-5.3-codex", "input", 2_000, "cache_read", 10_000, "output", 900)
            .at(ServiceTier.PRIORITY));
    // 8,191×0.13 = 1,064.83
    costs("0.00106483", request("openai", "text-embedding-3-large", "input", 8_191));
    // 4 sessions × 0.03
    costs("0.12", request("openai", "openai/container", "sessions", 4));
  }

  @Test
  void google() {
    // 1,000×0.30 + 3,000×0.03 + 200×1 (audio) + 1,500×2.50 = 300 + 90 + 200 + 3,750
    costs(
        "0.00434",
        request(
            "gcp.gemini",
            "gemini-2.5-flash",
            "input",
            1_000,
            "cache_read",
            3_000,
            "input.audio",
            200,
            "output",
            1_500,
            "reasoning",
            400));
    // over 200,000: 250,000×2.50 + 1,000×15 = 625,000 + 15,000
    costs("0.64", request("gcp.gemini", "gemini-2.5-pro", "input", 250_000, "output", 1_000));
    // priority over 200,000: 50,000×7.20 + 200,000×0.72 + 2,000×32.40
    //   = 360,000 + 144,000 + 64,800 = 568,800
    costs(
        "0.5688",
        request(
                "gemini",
                "gemini-3.1-pro-preview",
                "input",
                50_000,
                "cache_read",
                200_000,
                "output",
                2_000)
            .at(ServiceTier.PRIORITY));
    // batch, reasoning inside: 10,000×0.75 + 1,000×3.75 = 7,500 + 3,750
    costs(
        "0.01125",
        request("gemini", "gemini-3.6-flash", "input", 10_000, "output", 1_000, "reasoning", 600)
            .at(ServiceTier.BATCH));
    // 100×1.50 + 10×9 + 2 searches × 0.014 = 150 + 90 + 28,000
    costs(
        "0.02824",
        request(
            "gemini", "gemini-3.5-flash", "input", 100, "output", 10, "requests.web_search", 2));
    // 10,000×0.30 (audio) + 50×0.40 = 3,000 + 20
    costs(
        "0.00302",
        request("gemini", "gemini/gemini-2.5-flash-lite", "input.audio", 10_000, "output", 50));
  }

  @Test
  void mistral() {
    // 12,000×0.50 + 3,000×1.50 = 6,000 + 4,500
    costs(
        "0.0105", request("mistral_ai", "mistral-large-latest", "input", 12_000, "output", 3_000));
    // 333×1 + 667×3 = 333 + 2,001
    costs("0.002334", request("mistral_ai", "codestral-latest", "input", 333, "output", 667));
    // no cache price: 1,000×0.40 as input + 100×2 = 400 + 200
    costs("0.0006", request("mistral_ai", "devstral-latest", "cache_read", 1_000, "output", 100));
    // 120 pages × 0.004 + 20 annotated × 0.005 = 0.48 + 0.10
    costs(
        "0.58", request("mistral_ai", "mistral-ocr-latest", "pages", 120, "pages.annotation", 20));
  }

  @Test
  void xAi() {
    // at exactly 200,000: 150,000×4 + 50,000×1 + 500×12 = 600,000 + 50,000 + 6,000
    costs(
        "0.656",
        request("x_ai", "grok-4.5", "input", 150_000, "cache_read", 50_000, "output", 500));
    // one less: 149,999×2 + 50,000×0.50 + 500×6 = 299,998 + 25,000 + 3,000
    costs(
        "0.327998",
        request("x_ai", "grok-4.5", "input", 149_999, "cache_read", 50_000, "output", 500));
    // 5,000×0.20 + 45,000×0.02 + 2,000×1.50 = 1,000 + 900 + 3,000
    costs(
        "0.0049",
        request("x_ai", "grok-code-fast-1", "input", 5_000, "cache_read", 45_000, "output", 2_000));
  }

  @Test
  void deepSeek() {
    // 1,001×0.28 + 9,999×0.028 + 333×0.42 = 280.28 + 279.972 + 139.86 = 700.112
    costs(
        "0.000700112",
        request("deepseek", "deepseek-chat", "input", 1_001, "cache_read", 9_999, "output", 333));
    // one token each, in nanos: 435 + 3.625 → 4 + 870 = 1,309
    costs(
        "0.000001309",
        request("deepseek", "deepseek-v4-pro", "input", 1, "cache_read", 1, "output", 1));
    // 10×0.14 + 7×0.28 = 1.40 + 1.96 = 3.36
    costs("0.00000336", request("deepseek", "deepseek-v4-flash", "input", 10, "output", 7));
  }

  @Test
  void alibaba() {
    // up to 32,000: 32,000×1 + 1,000×5 = 32,000 + 5,000
    costs("0.037", request("dashscope", "qwen3-coder-plus", "input", 32_000, "output", 1_000));
    // one more: 32,001×1.80 + 1,000×9 = 57,601.80 + 9,000
    costs("0.0666018", request("dashscope", "qwen3-coder-plus", "input", 32_001, "output", 1_000));
    // over 256,000: 300,000×6 + 1,000×60 = 1,800,000 + 60,000
    costs("1.86", request("dashscope", "qwen3-coder-plus", "input", 300_000, "output", 1_000));
    // over 128,000: 130,000×3 + 100×15 = 390,000 + 1,500
    costs("0.3915", request("dashscope", "qwen3-max", "input", 130_000, "output", 100));
    // 1,000×0.40 + 500×0.08 + 10×1.60 = 400 + 40 + 16
    costs(
        "0.000456",
        request("dashscope", "qwen3.7-plus", "input", 1_000, "cache_read", 500, "output", 10));
  }

  @Test
  void others() {
    // 4,000×2.50 + 500×10 = 10,000 + 5,000
    costs("0.015", request("cohere", "command-a-03-2025", "input", 4_000, "output", 500));
    // 7 searches × 0.002
    costs("0.014", request("cohere", "rerank-v3.5", "requests", 7));
    // 1,000×0.15 + 500×0.075 + 200×0.60 = 150 + 37.50 + 120
    costs(
        "0.0003075",
        request("groq", "openai/gpt-oss-120b", "input", 1_000, "cache_read", 500, "output", 200));
    // 61 s × 0.00003083
    costs("0.00188063", request("groq", "whisper-large-v3", "seconds.input", 61));
    // 10,000×0.95 + 20,000×0.16 + 1,500×4 = 9,500 + 3,200 + 6,000
    costs(
        "0.0187",
        request(
            "moonshot_ai", "kimi-k2.6", "input", 10_000, "cache_read", 20_000, "output", 1_500));
    // over 512,000: 512,001×0.60 + 10×2.40 = 307,200.60 + 24
    costs("0.3072246", request("minimax", "MiniMax-M3", "input", 512_001, "output", 10));
    // 1,000×1.40 + 100×0.26 + 50×4.40 = 1,400 + 26 + 220
    costs("0.001646", request("zai", "glm-5.1", "input", 1_000, "cache_read", 100, "output", 50));
    // 200×3 + 800×15 + 1 medium search × 0.010 = 600 + 12,000 + 10,000
    costs(
        "0.0226",
        request(
            "perplexity",
            "sonar-pro",
            "input",
            200,
            "output",
            800,
            "requests.web_search_medium",
            1));
  }

  private static UsageToPrice request(String provider, String model, Object... used) {
    return UsageToPrice.request(ModelName.of(provider, model), quantities(used));
  }

  private static void costs(String dollars, UsageToPrice usage) {
    assertThat(SEED.price(usage))
        .as("%s", usage)
        .isInstanceOfSatisfying(
            PriceResult.Priced.class,
            priced -> assertThat(priced.totalNanos()).isEqualTo(nanos(dollars)));
  }
}
