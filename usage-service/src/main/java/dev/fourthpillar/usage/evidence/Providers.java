package dev.fourthpillar.usage.evidence;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One name per provider, the one that public price lists use. Telemetry conventions, tools and
 * gateways each have their own, and ids join across reporters only when both sides name the
 * provider alike.
 */
public final class Providers {

  public static final String ANTHROPIC = "anthropic";
  public static final String OPENAI = "openai";
  public static final String GEMINI = "gemini";
  public static final String VERTEX_AI = "vertex_ai";
  public static final String BEDROCK = "bedrock";
  public static final String AZURE = "azure";
  public static final String AZURE_AI = "azure_ai";

  private static final Set<String> PREFIXES =
      Set.of(ANTHROPIC, OPENAI, GEMINI, VERTEX_AI, BEDROCK, AZURE, AZURE_AI, "mistral", "xai");

  private Providers() {}

  /** A name this does not know is kept as it is, in lower case: custom providers are allowed. */
  public static String canonical(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "firstparty" -> ANTHROPIC;
      case "gcp.gemini", "gcp.gen_ai", "google", "google_ai_studio" -> GEMINI;
      case "gcp.vertex_ai", "vertex", "vertexai", "vertex-ai" -> VERTEX_AI;
      case "aws.bedrock", "aws_bedrock" -> BEDROCK;
      case "azure.ai.openai", "azure_openai" -> AZURE;
      case "azure.ai.inference", "foundry" -> AZURE_AI;
      case "mistral_ai" -> "mistral";
      case "x_ai" -> "xai";
      case "ibm.watsonx.ai" -> "watsonx";
      case "moonshot_ai" -> "moonshot";
      default -> lower;
    };
  }

  /**
   * A model written as provider/id says its provider itself; other slashes are part of the model's
   * name.
   */
  public static Optional<String> ofModel(String model) {
    int slash = model.indexOf('/');
    return slash <= 0
        ? Optional.empty()
        : Optional.of(canonical(model.substring(0, slash))).filter(PREFIXES::contains);
  }
}
