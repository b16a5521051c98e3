package dev.fourthpillar.pricing.naming;

import java.util.Objects;
import java.util.Optional;

/**
 * A model as reported by a tool, gateway or provider; provider names may be those of the telemetry
 * conventions ({@code gcp.gemini}, {@code x_ai}, …) and may be missing.
 */
public record ModelName(Optional<String> provider, String model) {

  public ModelName {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(model, "model");
  }

  public static ModelName of(String provider, String model) {
    return new ModelName(Optional.of(provider), model);
  }

  public static ModelName of(String model) {
    return new ModelName(Optional.empty(), model);
  }
}
