package dev.fourthpillar.budget.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where and when metering of persons is allowed. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class GateServiceTest {
  private final GateService gates =
      new GateService(new GateRepository(), new GateConfig(List.of("DE", "SE")));
  private Jdbi jdbi;

  @BeforeEach
  void open(TestDatabase database) {
    jdbi = JdbiSettings.apply(Jdbi.create(database.another().dataSource()));
  }

  @Test
  void aListedCountryIsClosedUntilSomebodyOpensIt() {
    assertThat(open("DE", "2026-03-01T00:00:00Z")).isFalse();
    assertThat(open("US", "2026-03-01T00:00:00Z")).isTrue();

    change("DE", true, "2026-03-01T00:00:00Z", 1);

    assertThat(open("DE", "2026-02-28T23:59:59Z")).as("before").isFalse();
    assertThat(open("DE", "2026-03-01T00:00:00Z")).isTrue();
    assertThat(open("SE", "2026-03-01T00:00:00Z")).as("another country").isFalse();
  }

  @Test
  void theChangeThatHeldAtTheTimeOfTheCallCountsWhateverTheOrderOfArrival() {
    change("US", true, "2026-05-01T00:00:00Z", 2);
    change("US", false, "2026-03-01T00:00:00Z", 1);

    assertThat(open("US", "2026-02-01T00:00:00Z")).isTrue();
    assertThat(open("US", "2026-04-01T00:00:00Z")).isFalse();
    assertThat(open("US", "2026-06-01T00:00:00Z")).isTrue();
  }

  @Test
  void ofTwoChangesSinceTheSameTimeTheLaterOneCounts() {
    change("DE", true, "2026-03-01T00:00:00Z", 1);
    change("DE", false, "2026-03-01T00:00:00Z", 2);

    assertThat(open("DE", "2026-04-01T00:00:00Z")).isFalse();
  }

  private void change(String country, boolean open, String since, long version) {
    jdbi.useTransaction(
        handle ->
            gates.changed(handle, new GateChange(country, open, Instant.parse(since), version)));
  }

  private boolean open(String country, String time) {
    return jdbi.withHandle(handle -> gates.isOpen(handle, country, Instant.parse(time)));
  }
}
