package dev.fourthpillar.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepsTest {
  private final List<Integer> begun = new ArrayList<>();
  private final Steps steps = new Steps(begun::add);

  @Test
  void aWaitIsOneStepHoweverOftenItAsks() {
    steps.begin();
    String answer =
        steps.asOne(
            () -> {
              steps.begin();
              steps.begin();
              return steps.asOne(() -> "answer");
            });
    steps.begin();

    assertThat(answer).isEqualTo("answer");
    assertThat(begun).containsExactly(0, 1, 2);
    assertThat(steps.lengths()).hasSize(3).noneMatch(length -> length.isNegative());
  }
}
