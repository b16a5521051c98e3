package dev.fourthpillar.cli.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What people read. */
final class TableTest {
  @Test
  void columnsAreAsWideAsWhatTheyHoldAndNumbersStandOnTheRight() {
    String table = new Table("name", ">count").row("a", 1).row("långt", 1_000).toString();

    assertThat(table)
        .isEqualTo(
            """
            name   count
            ─────  ─────
            a          1
            långt   1000
            """);
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> new Table("one").row("1", "2")).hasMessageContaining("expected: 1");
  }
}
