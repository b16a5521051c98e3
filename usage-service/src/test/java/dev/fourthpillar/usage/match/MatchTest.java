package dev.fourthpillar.usage.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls under holds that no id joins. A call is 1,000 in and 200 out of Opus 4.5: 0.010 dollars; a
 * hold booked 0.004 of it. Ids are given no time to come.
 */
@PostgresTest
class MatchTest {
  private static final long CALL = 10_000_000L;
  private static final long BOOKED = 4_000_000L;

  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database, Map.of("fourthpillar.settle.unmatched-wait", "0s"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void adaIsKnown() {
    world.onlyAda();
  }

  @AfterEach
  void sumsAndChargesAreThoseOfTheUnits() {
    world.addsUp();
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    world.hold(measured("h-1"));
    world.report(Usages.call("req_1"));
    world.match();
    // The hold booked 0.004; the rest is charged through it, and nothing beside it.
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL - BOOKED));
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "VOID", 1L));
    assertThat(flags()).contains("MATCHED_BY_QUANTITIES");
    assertThat(
            world.lines("ada").stream()
                .mapToLong(
                    line -> line.getHoldId().equals("h-1") ? line.getListAmount().getNanos() : 0)
                .sum())
        .isEqualTo(CALL - BOOKED);

    world.onlyAda();
    world.report(Usages.call("req_1"));
    world.hold(measured("h-1"));
    world.match();

    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL - BOOKED));
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "VOID", 1L));
    assertThat(
            world.lines("ada").stream()
                .map(line -> line.getHoldId() + " " + World.nanos(line.getListAmount())))
        .contains(" " + CALL, " -" + CALL, "h-1 " + (CALL - BOOKED));
  }

  @Test
  void eachHoldTakesOneCallAndOtherQuantitiesNone() {
    world.hold(measured("h-1"));
    world.report(
        Usages.call("req_1"),
        Usages.call("req_2").at(Usages.AT.plusSeconds(60)),
        Usages.call("req_3").using(Usages.tokens(999, 200)),
        Usages.call("req_4").at(Usages.AT.plusSeconds(601)));
    world.match();

    // 999 × 5 + 200 × 25 per million are 0.009995.
    assertThat(world.charged()).isEqualTo(Map.of("ada", (CALL - BOOKED) + 2 * CALL + 9_995_000L));
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 4L, "VOID", 1L));
  }

  @Test
  void anIdCountsBeforeQuantities() {
    world.hold(
        World.measured(
            World.settled("ada", "h-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, BOOKED, "req_2"),
            1_000,
            200));
    world.report(Usages.call("req_1"), Usages.call("req_2"));
    world.match();

    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL + CALL - BOOKED));
    assertThat(flags()).contains("MATCHED_BY_PROVIDER_ID").doesNotContain("MATCHED_BY_QUANTITIES");
  }

  @Test
  void whatWasEstimatedIsTruedUpByTheNearestCallOfItsLife() {
    world.hold(World.settled("ada", "h-1", 1, HoldOutcome.HOLD_OUTCOME_ESTIMATED, BOOKED));
    assertThat(world.charged()).isEmpty();
    // The hold lives for five seconds.
    world.report(
        Usages.call("req_1").at(Usages.AT.plusSeconds(3)),
        Usages.call("req_2").at(Usages.AT.plusSeconds(1)),
        Usages.call("req_3").at(Usages.AT.plusSeconds(6)));
    world.match();

    assertThat(world.charged()).isEqualTo(Map.of("ada", 2 * CALL + CALL - BOOKED));
    assertThat(flags()).contains("MATCHED_BY_NEAREST");
  }

  private static HoldSettled measured(String hold) {
    return World.measured(
        World.settled("ada", hold, 1, HoldOutcome.HOLD_OUTCOME_SETTLED, BOOKED), 1_000, 200);
  }

  private static String flags() {
    List<Map<String, Object>> rows =
        world
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select flags::text as flags from unit_value")
                        .mapToMap()
                        .list());
    return rows.stream().map(TreeMap::new).toList().toString();
  }
}
