package dev.fourthpillar.comp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.monthclose.MonthCloseConfig;
import dev.fourthpillar.comp.personal.StatementConfig;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.naming.NameUtils;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture/comp-statement.md says what may be set, and to what. */
final class SettingsPageTest {
  private static final Path PAGE = Path.of("../docs/architecture/comp-statement.md");

  @Test
  void thePageNamesEveryKeyWithItsDefault() throws Exception {
    List<String> inCode =
        Stream.of(StatementConfig.class, MonthCloseConfig.class)
            .flatMap(
                type ->
                    Arrays.stream(type.getDeclaredConstructors()[0].getParameters())
                        .map(
                            parameter ->
                                "%s.%s = %s"
                                    .formatted(
                                        type.getAnnotation(ConfigurationProperties.class).value(),
                                        NameUtils.hyphenate(parameter.getName()),
                                        parameter.getAnnotation(Bindable.class).defaultValue())))
            .toList();

    List<String> onPage =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| `fourthpillar."))
            .map(line -> line.split(" *\\| *", -1))
            .map(cells -> cells[1].replace("`", "") + " = " + cells[2])
            .filter(row -> !row.startsWith("fourthpillar.peers"))
            .toList();

    assertThat(onPage).containsExactlyInAnyOrderElementsOf(inCode);
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    var day = Duration.ofDays(1);
    assertThat(new MonthCloseConfig(Duration.ZERO, Duration.ofMillis(100)).delay()).isZero();
    assertThat(new MonthCloseConfig(Duration.ofDays(31), day).interval()).isEqualTo(day);
    refused(() -> new MonthCloseConfig(Duration.ofMillis(-1), day), "month-close.delay: PT-0.001S");
    refused(() -> new MonthCloseConfig(Duration.ofDays(32), day), "month-close.delay: PT768H");
    refused(() -> new MonthCloseConfig(day, Duration.ofMillis(99)), "month-close.interval: PT0.09");
    refused(() -> new MonthCloseConfig(day, Duration.ofDays(2)), "month-close.interval: PT48H");
    assertThat(new StatementConfig(new BigDecimal("0.01")).nearsSalaryPercent()).isPositive();
    assertThat(new StatementConfig(new BigDecimal("100")).nearsSalaryPercent()).isPositive();
    refused(() -> new StatementConfig(BigDecimal.ZERO), "statement.nears-salary-percent: 0 ");
    refused(
        () -> new StatementConfig(new BigDecimal("101")), "statement.nears-salary-percent: 101");
  }

  private static void refused(Runnable make, String because) {
    assertThatThrownBy(make::run)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("fourthpillar." + because);
  }
}
