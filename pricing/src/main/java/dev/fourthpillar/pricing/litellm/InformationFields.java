package dev.fourthpillar.pricing.litellm;

import java.util.Set;

/** The fields known to say nothing about prices. Whatever is not listed anywhere is reported. */
final class InformationFields {

  private static final Set<String> NAMES =
      Set.of(
          "audio_transcription_config",
          "bedrock_converse_supports_strict_tools",
          "bedrock_output_config_effort_ceiling",
          "comment",
          "deprecation_date",
          "gemini_audio_only_live",
          "gemini_native_audio",
          "max_input_tokens",
          "max_output_tokens",
          "max_tokens",
          "metadata",
          "mode",
          "output_vector_size",
          "prompt_cache_min_tokens",
          "rpm",
          "source",
          "supported_endpoints",
          "supported_modalities",
          "supported_output_modalities",
          "supported_regions",
          "tpm",
          "use_openai_responses_path",
          "uses_embed_content");

  private static final String ABILITY = "supports_";

  private InformationFields() {}

  static boolean contains(String field) {
    return field.startsWith(ABILITY) || NAMES.contains(field);
  }
}
