package dev.fourthpillar.usage.telemetry;

import java.util.Set;

/**
 * What a span or event is about, by the conventions' {@code gen_ai.operation.name}. Agents,
 * workflows and steps repeat the numbers of the calls inside them.
 */
public final class Operations {

  public static final String ATTRIBUTE = "gen_ai.operation.name";

  /** The conventions' event about one call. */
  public static final String DETAILS = "gen_ai.client.inference.operation.details";

  private static final Set<String> INFERENCE =
      Set.of("chat", "generate_content", "text_completion", "embeddings");

  private Operations() {}

  /** Whether it is one call of a model. */
  public static boolean isInference(String operation) {
    return INFERENCE.contains(operation);
  }

  /** Whether it is something that calls may be inside of. */
  public static boolean isAround(String operation) {
    return !operation.isEmpty() && !isInference(operation);
  }
}
