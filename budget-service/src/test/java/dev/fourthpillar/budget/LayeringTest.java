package dev.fourthpillar.budget;

import dev.fourthpillar.testkit.architecture.LayeringRules;
import org.junit.jupiter.api.Test;

/** The budget service is layered as every service is. */
final class LayeringTest {
  @Test
  void theBudgetServiceIsLayered() {
    LayeringRules.of("dev.fourthpillar.budget").check();
  }
}
