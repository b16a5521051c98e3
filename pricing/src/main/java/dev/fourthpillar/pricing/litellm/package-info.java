/** Import of the public LiteLLM price file (model_prices_and_context_window.json). */
package dev.fourthpillar.pricing.litellm;
