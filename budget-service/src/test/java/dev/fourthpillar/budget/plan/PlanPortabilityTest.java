package dev.fourthpillar.budget.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** 60 percent over three years, with a cliff of one. */
final class PlanPortabilityTest {
  private static final PlanPortability VESTS = new PlanPortability(60, 36, 12);

  @Test
  void nothingIsVestedBeforeTheCliffThenOneStepAMonth() {
    assertThat(vested("2024-03-15", "2025-03-14")).isZero();
    // 60 × 12 ÷ 36 = 20.
    assertThat(vested("2024-03-15", "2025-03-15")).isEqualTo(20_000_000);
    // 60 × 13 ÷ 36 = 21.666666…
    assertThat(vested("2024-03-15", "2025-04-15")).isEqualTo(21_666_666);
    assertThat(vested("2024-03-15", "2027-03-15")).isEqualTo(60_000_000);
    assertThat(vested("2024-03-15", "2040-03-15")).isEqualTo(60_000_000);
    assertThat(new PlanPortability(60, 0, 0).microPercent(day("2026-03-15"), day("2026-03-15")))
        .isEqualTo(60_000_000);
  }

  /** Who began on the 31st has a step on the last day of a shorter month, in leap years too. */
  @Test
  void eachStepIsOnItsMonthsDay() {
    LocalDate day = day("2024-01-31");
    StringBuilder steps = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      LocalDate next = VESTS.nextStep(day("2024-01-31"), day).orElseThrow();
      steps.append(next).append(' ');
      day = next;
    }
    assertThat(steps).hasToString("2024-02-29 2024-03-31 2024-04-30 ");
    assertThat(new PlanPortability(36, 36, 0).microPercent(day("2024-01-31"), day("2024-02-29")))
        .isEqualTo(1_000_000);
    assertThat(VESTS.nextStep(day("2024-01-31"), day("2027-01-31"))).isEmpty();
  }

  private static int vested(String hired, String day) {
    return VESTS.microPercent(day(hired), day(day));
  }

  private static LocalDate day(String day) {
    return LocalDate.parse(day);
  }
}
