package dev.fourthpillar.pricing.cost;

/** What is unusual about how a price was found. Visible on the record, never an error. */
public enum PriceFlag {
  /** An aggregate has no prompt size; the model has size tiers; the lowest tier was used. */
  TIER_UNKNOWN,
  /** The size tier has no price for a meter; a lower tier's was used. */
  SIZE_TIER_PRICE_MISSING,
  /** The service tier has neither a price nor a multiplier; the standard price was used. */
  SERVICE_TIER_PRICE_MISSING,
  /** The prompt is larger than the highest tier's stated limit; that tier was used. */
  PROMPT_OVER_LAST_TIER,
  /** No cache-read price: charged as uncached input. */
  CACHE_READ_AT_INPUT_PRICE,
  /** No cache-write price: charged as uncached input, as vendors do who do not price writes. */
  CACHE_WRITE_AT_INPUT_PRICE,
  /** No price for that long a time to live: the model's general cache-write price was used. */
  CACHE_WRITE_TTL_PRICE_MISSING,
  /** The source does not say the time to live and the model's prices differ by it. */
  CACHE_WRITE_TTL_UNKNOWN,
  /** Image or video input without a price of its own: charged as text tokens. */
  MODALITY_AT_TEXT_PRICE,
  /** A part of a unit (audio seconds, a search size) charged at the price of the whole unit. */
  UNIT_AT_GENERAL_PRICE,
  /** More reasoning than output was reported; only the output was charged. */
  REASONING_EXCEEDS_OUTPUT
}
