package dev.fourthpillar.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.cli.replay.Totals.Model;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Totals by model and kind, with the names of a capture's own truth. */
final class TotalsPrinterTest {
  private static final Totals TOTALS =
      new Totals(
          Map.of(
              "anthropic/claude-sonnet-4-5",
              new Model(
                  4,
                  Map.of(
                      "input", 5_010L,
                      "cache_read", 90_090L,
                      "cache_write.5m", 1_510L,
                      "cache_write.1h", 350L,
                      "output", 2_530L)),
              "openai/gpt-5.4",
              new Model(1, Map.of("input", 1_101L, "output", 598L, "reasoning", 45L))));

  @Test
  void kindsSumTheirMetersAndReasoningIsNotAddedToOutput() throws JsonProcessingException {
    JsonNode json = new ObjectMapper().readTree(TotalsPrinter.json(TOTALS, 3, List.of("late")));

    assertThat(json.at("/byModel/anthropic~1claude-sonnet-4-5/cacheWrite").asLong())
        .isEqualTo(1_860);
    assertThat(json.at("/byModel/anthropic~1claude-sonnet-4-5/meters/cache_write.1h").asLong())
        .isEqualTo(350);
    assertThat(json.at("/byModel/openai~1gpt-5.4/output").asLong()).isEqualTo(598);
    assertThat(json.at("/byModel/openai~1gpt-5.4/reasoning").asLong()).isEqualTo(45);
    assertThat(json.at("/total/requests").asLong()).isEqualTo(5);
    assertThat(json.at("/total/input").asLong()).isEqualTo(6_111);
    assertThat(json.at("/exports").asLong()).isEqualTo(3);
    assertThat(json.at("/warnings/0").asText()).isEqualTo("late");
  }

  @Test
  void theTableSaysTheSame() {
    assertThat(TotalsPrinter.table(TOTALS).lines().toList().get(2))
        .startsWith("anthropic/claude-sonnet-4-5")
        .contains("5,010")
        .contains("90,090")
        .contains("1,860");
  }
}
