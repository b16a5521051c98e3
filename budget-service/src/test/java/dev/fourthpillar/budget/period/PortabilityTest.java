package dev.fourthpillar.budget.period;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Decimal;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.events.v1.BalanceChanged;
import dev.fourthpillar.events.v1.PortabilityRow;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What of the unspent survives an exit, as BalanceChanged tells it. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class PortabilityTest {
  private static BudgetWorld world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = BudgetWorld.at(database, "2026-03-01T12:00:00Z");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /** 1,000, of which 400 are used: a quarter of 600, and a third to six decimals from July on. */
  @Test
  void thePartThatIsVestedOfWhatIsUnspentIsTold() {
    world.engineer("ann", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(
        "ann",
        annual("a", "2020-01-01", "", "USD", "1000").toBuilder()
            .addPortability(row("2026-01-01", "25"))
            .addPortability(row("2026-07-01", "33.333333"))
            .build());
    world.awaitAvailable("ann", "USD", "1000");
    world.usage(settled("ann", 1, line("2026-02-01T10:00:00Z", "400")));
    assertThat(told("ann").getUnspentPortable()).isEqualTo(money("USD", "150"));

    world.timeIs("2026-07-01T00:00:00Z");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(told("ann").getUnspentPortable()).isEqualTo(money("USD", "199.999998")));
  }

  @Test
  void whereNobodySaidAnythingItIsNotToldToBeNothing() {
    world.engineer("ben", "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled("ben", annual("a", "2020-01-01", "", "USD", "1000"));
    world.awaitAvailable("ben", "USD", "1000");
    assertThat(told("ben").hasUnspentPortable()).isFalse();
  }

  private static PortabilityRow row(String date, String percent) {
    return PortabilityRow.newBuilder()
        .setDate(BudgetWorld.day(date))
        .setPercent(Decimal.newBuilder().setValue(percent))
        .build();
  }

  private static BalanceChanged told(String engineer) {
    return world.events("engineers/" + engineer + "/USD", BalanceChanged.class).getLast();
  }
}
