package dev.fourthpillar.budget;

import dev.fourthpillar.backbone.launch.Launcher;
import java.util.Map;

/** Starts the budget service, as its configuration says. */
public final class BudgetService {
  private BudgetService() {}

  public static void main(String[] args) {
    Launcher.run(args, Map.of());
  }
}
