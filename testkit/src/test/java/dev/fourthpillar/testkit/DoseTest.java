package dev.fourthpillar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoseTest {

  @Test
  void soakTakesTheSecond() {
    withProperty(Dose.SOAK_PROPERTY, "false", () -> assertThat(Dose.of(3, 300)).isEqualTo(3));
    withProperty(Dose.SOAK_PROPERTY, "true", () -> assertThat(Dose.of(3, 300)).isEqualTo(300));
  }

  @Test
  void soakIsTrueOrFalse() {
    withProperty(
        Dose.SOAK_PROPERTY,
        "yes",
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> Dose.of(1, 2))
                .withMessageContaining("\"yes\" (expected: true or false)"));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "2, 1"})
  void dosesAreChecked(int build, int soak) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dose.of(build, soak))
        .withMessageContaining("expected: 1 <= build <= soak");
  }

  @Test
  void seedIsFixedUnlessGiven() {
    withProperty(Dose.SEED_PROPERTY, null, () -> assertThat(Dose.seed()).isEqualTo(20_261_121L));
    withProperty(Dose.SEED_PROPERTY, "-7", () -> assertThat(Dose.seed()).isEqualTo(-7));
    withProperty(
        Dose.SEED_PROPERTY,
        "seven",
        () ->
            assertThatIllegalArgumentException()
                .isThrownBy(Dose::seed)
                .withMessageContaining("\"seven\" (expected: a whole number of 64 bits)"));
  }

  private static void withProperty(String name, String value, Runnable body) {
    String before = System.getProperty(name);
    try {
      set(name, value);
      body.run();
    } finally {
      set(name, before);
    }
  }

  private static void set(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }
}
