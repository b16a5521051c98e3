package dev.fourthpillar.budget.period;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From what comp-service tells to the lots of accounts. */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class PeriodsTest {
  private BudgetWorld world;

  @BeforeEach
  void start(TestDatabase database) {
    world = BudgetWorld.at(database.another(), "2026-03-01T12:00:00Z");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aPersonHasAnAccountAndWithAnEntitlementALot() {
    world.engineer("ada", "USD");
    world.awaitAvailable("ada", "USD", "0");

    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("ada", "USD", "36500");
    assertThat(lot("default/ada/2026-01-01").amount()).isEqualTo(36_500_000_000_000L);
  }

  @Test
  void anEntitlementThatComesBeforeThePersonWaits() {
    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "36500"));
    world.engineer("ada", "USD");

    world.awaitAvailable("ada", "USD", "36500");
  }

  @Test
  void aNewTimelineChangesTheOpenLotUpAndDown() {
    world.engineer("ada", "USD");
    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("ada", "USD", "36500");

    // 181 × 100 + 184 × 200
    world.entitled(
        "ada",
        annual("a", "2020-01-01", "2026-06-30", "USD", "36500"),
        annual("b", "2026-07-01", "", "USD", "73000"));
    world.awaitAvailable("ada", "USD", "54900");

    // 181 × 100 + 184 × 50
    world.entitled(
        "ada",
        annual("a", "2020-01-01", "2026-06-30", "USD", "36500"),
        annual("b", "2026-07-01", "", "USD", "18250"));
    world.awaitAvailable("ada", "USD", "27300");

    world.entitled("ada");
    world.awaitAvailable("ada", "USD", "0");
  }

  @Test
  void aReductionNeverTakesWhatIsSettled() {
    world.engineer("ada", "USD");
    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "1000"));
    world.awaitAvailable("ada", "USD", "1000");
    world.usage(BudgetWorld.settled("ada", 1, BudgetWorld.line("2026-02-01T10:00:00Z", "300")));

    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "100"));

    world.awaitAvailable("ada", "USD", "0");
    assertThat(lot("default/ada/2026-01-01").amount()).isEqualTo(300_000_000_000L);
  }

  @Test
  void aNewCurrencyOpensASecondAccountAndTheOldLotStays() {
    world.engineer("ada", "USD");
    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("ada", "USD", "36500");

    world.engineer("ada", "EUR", "DE", "Europe/Berlin", "2020-01-01", "2026-03-01T12:00:00Z");
    world.entitled(
        "ada",
        annual("a", "2020-01-01", "2026-06-30", "USD", "36500"),
        annual("b", "2026-07-01", "", "EUR", "18250"));

    // 181 days of 100 dollars; 184 days of 50 euros, which begin in July.
    world.awaitAvailable("ada", "USD", "18100");
    world.awaitAvailable("ada", "EUR", "0");
    world.timeIs("2026-07-01T00:00:00Z");
    world.awaitAvailable("ada", "EUR", "9200");
    assertThat(world.available("ada", "USD")).isEqualTo("18100");
  }

  @Test
  void theNextYearsLotIsThereAheadAndPaysFromTheFirstMinuteOn() {
    world.engineer("ada", "USD");
    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "36500"));
    world.awaitAvailable("ada", "USD", "36500");
    world.usage(BudgetWorld.settled("ada", 1, BudgetWorld.line("2026-02-01T10:00:00Z", "500")));

    world.timeIs("2026-12-31T22:30:00Z");
    Awaitility.await()
        .atMost(BudgetWorld.PATIENCE)
        .until(() -> world.account("ada", "USD").orElseThrow().lots().size() == 2);
    assertThat(world.available("ada", "USD")).isEqualTo("36000");
    world.timeIs("2026-12-31T22:59:59Z");
    assertThat(world.available("ada", "USD")).isEqualTo("36000");
    world.timeIs("2026-12-31T23:00:00Z");
    assertThat(world.available("ada", "USD")).isEqualTo("36500");
  }

  @Test
  void moneyOfAnotherCurrencyIsValuedOnceWithTheRateOfThePeriodsStartOrTheFirstThereIs() {
    world.engineer("ada", "SEK");
    world.entitled("ada", annual("a", "2020-01-01", "", "USD", "1000"));
    world.rate("USD", "SEK", "10.5", "2026-02-10");
    world.awaitAvailable("ada", "SEK", "10500");

    world.rate("USD", "SEK", "11", "2026-02-20");
    world.entitled("ada", annual("a", "2020-01-01", "2027-12-31", "USD", "1000"));
    world.engineer("ada", "SEK", "SE", "Europe/Stockholm", "2026-07-02", "2026-03-01T12:00:00Z");
    // 183 of 365 days of 10,500: the value of the period stays.
    world.timeIs("2026-07-02T12:00:00Z");
    world.awaitAvailable("ada", "SEK", "5264.38");
  }

  private Lot lot(String id) {
    return world.account("ada", "USD").orElseThrow().lots().stream()
        .filter(lot -> lot.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
