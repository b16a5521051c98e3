package dev.fourthpillar.usage;

import dev.fourthpillar.backbone.launch.Launcher;
import java.util.Map;

/** Starts the usage service, as its configuration says. */
public final class UsageService {
  private UsageService() {}

  public static void main(String[] args) {
    Launcher.run(args, Map.of());
  }
}
