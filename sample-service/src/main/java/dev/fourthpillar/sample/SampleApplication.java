package dev.fourthpillar.sample;

import dev.fourthpillar.backbone.launch.Launcher;
import java.util.List;
import java.util.Map;

/**
 * Starts the sample service. With {@code --local} on a PostgreSQL of its own and with tokens of a
 * local issuer; without, as its configuration says.
 */
public final class SampleApplication {
  private SampleApplication() {}

  public static void main(String[] args) {
    if (List.of(args).contains("--local")) {
      LocalSample.run(args);
    } else {
      Launcher.run(args, Map.of());
    }
  }
}
