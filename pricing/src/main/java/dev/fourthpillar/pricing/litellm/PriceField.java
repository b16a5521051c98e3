package dev.fourthpillar.pricing.litellm;

import static java.util.Map.entry;

import dev.fourthpillar.pricing.book.ServiceTier;
import dev.fourthpillar.pricing.quantity.Flow;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Modality;
import dev.fourthpillar.pricing.quantity.TokenKind;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.pricing.quantity.Unit;
import dev.fourthpillar.pricing.quantity.UnitDetail;
import dev.fourthpillar.pricing.quantity.UnitMeter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a price field of the file means: a meter, from a prompt size on, at a service tier. Field
 * names are built as {@code base[_above_Nk_tokens][_batches|_flex|_priority]}.
 *
 * @param threshold prompt tokens; 0 where the name has none
 */
record PriceField(Meter meter, long threshold, ServiceTier tier) {

  /** Where the file says 200k, it means 200,000 tokens. */
  private static final long K = 1_000;

  /** Thresholds the rules name; another one is reported as not supported. */
  private static final Pattern NAME =
      Pattern.compile(
          "(.+?)(?:_above_(128|200|256|272|512)k_tokens)?(?:_(batches|flex|priority))?");

  private static final Map<String, Meter> BASES =
      Map.ofEntries(
          entry("input_cost_per_token", TokenMeter.INPUT),
          entry("output_cost_per_token", TokenMeter.OUTPUT),
          entry("output_cost_per_reasoning_token", TokenMeter.REASONING),
          entry("cache_read_input_token_cost", TokenMeter.CACHE_READ),
          // An older spelling; both on one entry must agree.
          entry("input_cost_per_token_cache_hit", TokenMeter.CACHE_READ),
          entry("cache_creation_input_token_cost", TokenMeter.CACHE_WRITE),
          entry("cache_creation_input_token_cost_above_1hr", TokenMeter.CACHE_WRITE_1H),
          tokens("cache_creation_input_audio_token_cost", TokenKind.CACHE_WRITE, Modality.AUDIO),
          tokens("cache_read_input_audio_token_cost", TokenKind.CACHE_READ, Modality.AUDIO),
          tokens("input_cost_per_audio_token", TokenKind.INPUT, Modality.AUDIO),
          tokens("input_cost_per_image_token", TokenKind.INPUT, Modality.IMAGE),
          tokens("output_cost_per_audio_token", TokenKind.OUTPUT, Modality.AUDIO),
          tokens("output_cost_per_image_token", TokenKind.OUTPUT, Modality.IMAGE),
          tokens("output_cost_per_video_token", TokenKind.OUTPUT, Modality.VIDEO),
          unit("input_cost_per_character", Unit.CHARACTERS, Flow.INPUT, UnitDetail.NONE),
          unit("output_cost_per_character", Unit.CHARACTERS, Flow.OUTPUT, UnitDetail.NONE),
          unit("input_cost_per_second", Unit.SECONDS, Flow.INPUT, UnitDetail.NONE),
          unit("output_cost_per_second", Unit.SECONDS, Flow.OUTPUT, UnitDetail.NONE),
          unit("input_cost_per_audio_per_second", Unit.SECONDS, Flow.INPUT, UnitDetail.AUDIO),
          unit("input_cost_per_video_per_second", Unit.SECONDS, Flow.INPUT, UnitDetail.VIDEO),
          unit("output_cost_per_video_per_second", Unit.SECONDS, Flow.OUTPUT, UnitDetail.VIDEO),
          unit("input_cost_per_image", Unit.IMAGES, Flow.INPUT, UnitDetail.NONE),
          unit("output_cost_per_image", Unit.IMAGES, Flow.OUTPUT, UnitDetail.NONE),
          unit("input_cost_per_pixel", Unit.PIXELS, Flow.INPUT, UnitDetail.NONE),
          unit("output_cost_per_pixel", Unit.PIXELS, Flow.OUTPUT, UnitDetail.NONE),
          // A query (search, rerank) and a request are both one call.
          unit("input_cost_per_query", Unit.REQUESTS, Flow.INPUT, UnitDetail.NONE),
          unit("input_cost_per_request", Unit.REQUESTS, Flow.INPUT, UnitDetail.NONE),
          unit("ocr_cost_per_page", Unit.PAGES, Flow.INPUT, UnitDetail.NONE),
          unit("annotation_cost_per_page", Unit.PAGES, Flow.INPUT, UnitDetail.ANNOTATION),
          unit("code_interpreter_cost_per_session", Unit.SESSIONS, Flow.INPUT, UnitDetail.NONE));

  static Optional<PriceField> parse(String name) {
    // Tried whole first: a base may itself end like a suffix.
    Meter whole = BASES.get(name);
    if (whole != null) {
      return Optional.of(new PriceField(whole, 0, ServiceTier.STANDARD));
    }
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(BASES.get(matcher.group(1)))
        .map(meter -> new PriceField(meter, threshold(matcher.group(2)), tier(matcher.group(3))));
  }

  private static long threshold(String thousands) {
    return thousands == null ? 0 : Long.parseLong(thousands) * K;
  }

  private static ServiceTier tier(String suffix) {
    if (suffix == null) {
      return ServiceTier.STANDARD;
    }
    return suffix.equals("batches")
        ? ServiceTier.BATCH
        : ServiceTier.valueOf(suffix.toUpperCase(Locale.ROOT));
  }

  private static Map.Entry<String, Meter> tokens(String base, TokenKind kind, Modality modality) {
    return entry(base, new TokenMeter(kind, modality));
  }

  private static Map.Entry<String, Meter> unit(
      String base, Unit unit, Flow flow, UnitDetail detail) {
    return entry(base, new UnitMeter(unit, flow, detail));
  }
}
