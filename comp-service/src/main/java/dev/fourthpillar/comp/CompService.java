package dev.fourthpillar.comp;

import dev.fourthpillar.backbone.launch.Launcher;
import java.util.Map;

/** Starts the comp service, as its configuration says. */
public final class CompService {
  private CompService() {}

  public static void main(String[] args) {
    Launcher.run(args, Map.of());
  }
}
