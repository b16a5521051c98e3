package dev.fourthpillar.pricing.naming;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the telemetry conventions call a provider, and what price books call it. A provider name
 * that is not listed stands for itself. Installations add their own names (a gateway's
 * configuration name, for example).
 *
 * @param bookProviders by lower-case reported name; {@code x*} stands for every book provider that
 *     is {@code x} or starts with {@code x-}
 */
public record ProviderNames(Map<String, List<String>> bookProviders) {

  // gen_ai.provider.name values of the GenAI semantic conventions, and the LiteLLM names for them.
  private static final Map<String, List<String>> CONVENTIONS =
      Map.ofEntries(
          Map.entry("openai", List.of("openai", "text-completion-openai")),
          Map.entry("gcp.gemini", List.of("gemini")),
          Map.entry("gcp.gen_ai", List.of("gemini")),
          Map.entry("google", List.of("gemini")),
          Map.entry("gcp.vertex_ai", List.of("vertex_ai*")),
          Map.entry("vertex_ai", List.of("vertex_ai*")),
          Map.entry("aws.bedrock", List.of("bedrock_converse", "bedrock")),
          Map.entry("bedrock", List.of("bedrock", "bedrock_converse")),
          Map.entry("azure.ai.openai", List.of("azure", "azure_text")),
          Map.entry("azure.ai.inference", List.of("azure_ai")),
          Map.entry("cohere", List.of("cohere_chat", "cohere")),
          Map.entry("mistral_ai", List.of("mistral")),
          Map.entry("moonshot_ai", List.of("moonshot")),
          Map.entry("ibm.watsonx.ai", List.of("watsonx")),
          Map.entry("x_ai", List.of("xai")));

  public ProviderNames {
    Map<String, List<String>> copy = new HashMap<>();
    bookProviders.forEach(
        (name, providers) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(providers)));
    bookProviders = Map.copyOf(copy);
  }

  public static ProviderNames conventions() {
    return new ProviderNames(CONVENTIONS);
  }

  /** These names and one more; an existing one is replaced. */
  public ProviderNames with(String reported, List<String> providers) {
    Map<String, List<String>> more = new HashMap<>(bookProviders);
    more.put(reported.toLowerCase(Locale.ROOT), providers);
    return new ProviderNames(more);
  }

  List<String> candidates(String reported) {
    String name = reported.toLowerCase(Locale.ROOT);
    // Books may spell a provider with capitals; an unlisted name is tried as it came first.
    return bookProviders.getOrDefault(
        name, reported.equals(name) ? List.of(name) : List.of(reported, name));
  }
}
