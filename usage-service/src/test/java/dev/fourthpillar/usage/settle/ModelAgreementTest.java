package dev.fourthpillar.usage.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.charging.model.Charging;
import dev.fourthpillar.charging.oracle.Oracle;
import dev.fourthpillar.charging.oracle.Owed;
import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.Delivery;
import dev.fourthpillar.charging.world.Price;
import dev.fourthpillar.charging.world.Report;
import dev.fourthpillar.charging.world.Schedule;
import dev.fourthpillar.charging.world.Tokens;
import dev.fourthpillar.charging.world.Worlds;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.type.v1.MeterQuantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole service and the model of charging, given the same deliveries, charge the same: by
 * payer, hold, kind and both prices, to the nano.
 */
@PostgresTest
class ModelAgreementTest {
  private static final int CALLS = 20;

  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world =
        World.start(
            database,
            Map.of(
                "fourthpillar.price-book.employer-discount",
                Price.EMPLOYER_DISCOUNT.toPlainString()));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void theServiceChargesWhatTheModelCharges() {
    long firstSeed = Dose.seed();
    ModelFeed feed = new ModelFeed(world);
    for (long seed = firstSeed; seed < firstSeed + Dose.of(10, 300); seed++) {
      Random random = new Random(seed);
      Schedule schedule = Worlds.of(seed, CALLS).schedule(random);
      forget();

      play(schedule, feed, random);

      Owed owed = Oracle.owed(schedule.delivered(), ModelFeed.TIE_BREAK);
      assertThat(lines()).as("seed %d", seed).isEqualTo(owed.lines());
      Map<String, Long> states = new TreeMap<>(world.states());
      states.remove("VOID");
      assertThat(states).as("seed %d", seed).isEqualTo(owed.states());
    }
  }

  private static void forget() {
    world.clear();
    world
        .jdbi()
        .useHandle(handle -> handle.execute("delete from price_book where book_id like 'model/%'"));
  }

  private static void play(Schedule schedule, ModelFeed feed, Random random) {
    List<Report> together = new ArrayList<>();
    for (Delivery delivery : schedule.inOrder()) {
      boolean last = random.nextInt(5) == 0;
      if (delivery instanceof Report report) {
        together.add(report);
      }
      if (last || !(delivery instanceof Report)) {
        feed.report(together);
        together.clear();
      }
      if (!(delivery instanceof Report)) {
        feed.deliver(delivery);
      }
      if (random.nextInt(20) == 0) {
        rest();
      }
    }
    feed.report(together);
    rest();
  }

  /**
   * All waits are over, and the sums are those of the units, and the charges those of the values.
   */
  private static void rest() {
    world.sweep();
    assertThat(world.wrongSums()).isEmpty();
    assertThat(world.wrongUnits()).isEmpty();
  }

  /** The sums of what was told to budget-service. */
  private static Map<Owed.Line, Owed.Amount> lines() {
    Map<Owed.Line, Owed.Amount> lines = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    for (UsageSettled event : world.told()) {
      assertThat(event.getFirst()).isEqualTo(last.getOrDefault(event.getEngineer(), 0L) + 1);
      last.put(event.getEngineer(), event.getLast());
      String payer = event.getPseudonymous() ? Charging.EMPLOYER : event.getEngineer();
      for (UsageLine line : event.getLinesList()) {
        Optional<Attempt> through =
            line.getHoldId().isEmpty()
                ? Optional.empty()
                : Optional.of(new Attempt(payer, line.getHoldId(), line.getAttempt()));
        lines.merge(
            new Owed.Line(payer, through),
            new Owed.Amount(
                new Cost(World.nanos(line.getListAmount()), World.nanos(line.getEmployerAmount())),
                tokens(line)),
            Owed.Amount::plus);
      }
    }
    lines.values().removeIf(Owed.Amount.NOTHING::equals);
    return lines;
  }

  private static Tokens tokens(UsageLine line) {
    Tokens tokens = Tokens.NONE;
    for (MeterQuantity quantity : line.getQuantitiesList()) {
      long count = quantity.getQuantity();
      tokens =
          tokens.plus(
              switch (quantity.getMeter()) {
                case "input" -> new Tokens(count, 0, 0);
                case "cache_read" -> new Tokens(0, count, 0);
                case "output" -> new Tokens(0, 0, count);
                default -> throw new AssertionError(quantity.getMeter());
              });
    }
    return tokens;
  }
}
