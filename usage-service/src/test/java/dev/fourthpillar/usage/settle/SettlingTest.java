package dev.fourthpillar.usage.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.type.v1.PayerKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From a report to a charge and back. Claude Opus 4.5 costs 5 dollars per million in, 25 out and
 * 0.50 from the cache: 1,000 in and 200 out are 0.005 + 0.005 = 0.010 dollars.
 */
@PostgresTest
class SettlingTest {
  private static final long CALL = 10_000_000L;

  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database, Map.of("fourthpillar.price-book.employer-discount", "0.40"));
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
  void aCallIsChargedAtListPriceAndAtTheEmployersCost() {
    // 400M × 5 + 1,500M × 0.50 + 100M × 25 per million = 2,000 + 750 + 2,500 = 5,250 dollars;
    // the employer pays 60 % of it.
    Quantities quantities =
        Quantities.of(
            Map.of(
                TokenMeter.INPUT, 400_000_000L,
                TokenMeter.CACHE_READ, 1_500_000_000L,
                TokenMeter.OUTPUT, 100_000_000L));
    world.report(Usages.call("req_1").using(quantities));

    UsageLine line = world.lines("ada").getFirst();

    assertThat(world.lines("ada")).hasSize(1);
    assertThat(World.dollars(line.getListAmount())).isEqualByComparingTo("5250");
    assertThat(World.dollars(line.getEmployerAmount())).isEqualByComparingTo("3150");
    assertThat(line.getCause()).isEqualTo(SettlementCause.SETTLEMENT_CAUSE_USAGE);
    assertThat(line.getPayerKind()).isEqualTo(PayerKind.PAYER_KIND_OWN);
    assertThat(line.getUsageMinute().getSeconds())
        .isEqualTo(Usages.AT.minusSeconds(56).getEpochSecond());
    assertThat(line.getModel()).isEqualTo("claude-opus-4-5");
    assertThat(line.getTool()).isEqualTo("claude-code");
    assertThat(line.getProject()).isEqualTo("apollo");
    assertThat(line.getQuantitiesList().stream().map(q -> q.getMeter() + " " + q.getQuantity()))
        .containsExactly("cache_read 1500000000", "input 400000000", "output 100000000");
  }

  /** The database rounds to microseconds, up as well, and then the call would wait for its time. */
  @Test
  void aCallSettlesAtOnceInWhateverNanosecondItIsReceived() {
    world.accept(List.of(Usages.call("req_1").evidence()), World.RECEIVED_AT.plusNanos(700));

    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L));
  }

  @Test
  void aMeterIsSummedUnderItsOwnNameWhateverThatIs() {
    String odd = "odd \"meter\\, {NULL}";
    Quantities three = Quantities.of(Map.of(Meter.read(odd), 3L));
    world.report(Usages.call("req_1").using(three));
    world.report(Usages.call("req_2").using(three));

    long counted =
        world
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery("select sum(quantity) from rollup where meter = :odd")
                        .bind("odd", odd)
                        .mapTo(Long.class)
                        .one());
    assertThat(counted).isEqualTo(6);
  }

  @Test
  void callsOfOneMinuteAreOneLine() {
    world.report(
        Usages.call("req_1"),
        Usages.call("req_2").at(Usages.AT.plusSeconds(1)),
        Usages.call("req_3").at(Usages.AT.plusSeconds(2)));

    assertThat(
            world.told().stream()
                .mapToLong(event -> World.nanos(event.getLines(0).getListAmount()))
                .sum())
        .isEqualTo(3 * CALL);
    assertThat(world.charged()).isEqualTo(Map.of("ada", 3 * CALL));
  }

  @Test
  void whatIsNobodysSettlesWhenThePersonBecomesKnown() {
    world.report(Usages.call("req_1").of("bob@example.com"));
    assertThat(world.states()).isEqualTo(Map.of("UNATTRIBUTED", 1L));
    assertThat(world.charged()).isEmpty();

    world.person("bob", "US", "bob@example.com");
    world.sweep();

    assertThat(world.charged()).isEqualTo(Map.of("bob", CALL));
    assertThat(world.lines("bob"))
        .singleElement()
        .extracting(UsageLine::getCause)
        .isEqualTo(SettlementCause.SETTLEMENT_CAUSE_ATTRIBUTED);
  }

  @Test
  void anIdentityThatMovesTakesItsChargesAlong() {
    world.report(Usages.call("req_1"));
    world.person("bob", "US", "ada@example.com");
    world.person("ada", "US");
    world.sweep();

    assertThat(world.listNanos("ada")).containsExactly(CALL, -CALL);
    assertThat(world.listNanos("bob")).containsExactly(CALL);
  }

  @Test
  void anUnknownModelWaitsForAPriceAndIsNeverFree() {
    world.report(Usages.call("req_1").model("nova-9"));

    assertThat(world.states()).isEqualTo(Map.of("UNPRICED", 1L));
    assertThat(world.lines("ada")).isEmpty();
  }

  @Test
  void aBetterReportCorrectsDownwards() {
    world.report(Usages.call("req_1"));
    world.told();
    // 400 in and 100 out: 0.002 + 0.0025 = 0.0045 dollars.
    world.report(Usages.call("req_1").byGateway("gw_1").using(Usages.tokens(400, 100)));

    assertThat(world.listNanos("ada")).containsExactly(CALL, 4_500_000L - CALL);
    assertThat(world.lines("ada").getLast().getCause())
        .isEqualTo(SettlementCause.SETTLEMENT_CAUSE_REVISED);
    assertThat(world.lines("ada").getLast().getQuantitiesList().stream().map(q -> q.getQuantity()))
        .containsExactly(-600L, -100L);
  }

  @Test
  void twoCallsThatProveToBeOneAreChargedOnce() {
    world.report(Usages.call("req_1"), Usages.call("req_2"));
    world.told();
    world.report(Usages.call("req_1").byGateway("gw_1").ids("req_1", "req_2"));

    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "VOID", 1L));
    assertThat(world.lines("ada").getLast().getCause())
        .isEqualTo(SettlementCause.SETTLEMENT_CAUSE_VOIDED);
  }

  @Test
  void aLowerSignalStandsInAfterTheGraceAndStepsBackForABetterOne() {
    world.report(Usages.call("req_1").span());
    assertThat(world.states()).isEqualTo(Map.of("WAITING", 1L));
    assertThat(world.charged()).isEmpty();

    world.sweep();
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));

    world.report(Usages.call("req_1").at(Usages.AT.plus(Duration.ofMinutes(30))));
    world.sweep();
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "SUPPRESSED", 1L));
    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL));
  }

  @Test
  void aLowerSignalOfACountedRunNeverCounts() {
    world.report(Usages.call("req_1"));
    world.report(Usages.call("req_1").span());

    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "SUPPRESSED", 1L));
  }

  @Test
  void aHeldCallIsChargedThroughTheHoldAndOnlyTheDifference() {
    // Booked 0.012; its quantities cost 0.010.
    world.hold(
        World.measured(
            World.settled(
                "ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, 12_000_000L, "req_1"),
            1_000,
            200));
    world.report(Usages.call("req_1"));

    assertThat(world.lines("ada"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(World.nanos(line.getListAmount())).isEqualTo(-2_000_000L);
              assertThat(line.getHoldId()).isEqualTo("hold-1");
              assertThat(line.getAttempt()).isEqualTo(1);
              assertThat(line.getUnitId()).isNotEmpty();
              assertThat(line.getQuantitiesList()).isEmpty();
              assertThat(line.getCause()).isEqualTo(SettlementCause.SETTLEMENT_CAUSE_MATCHED_HOLD);
            });
  }

  @Test
  void aHoldThatBookedTheSameIsNoLine() {
    world.hold(
        World.measured(
                World.settled("ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, CALL, "req_1"),
                1_000,
                200)
            .toBuilder()
            .setAttempts(
                0,
                World.measured(
                        World.settled(
                            "ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, CALL, "req_1"),
                        1_000,
                        200)
                    .getAttempts(0)
                    .toBuilder()
                    // The employer's cost: 60 % of the list price.
                    .setBookedEmployerAmount(
                        com.google.type.Money.newBuilder()
                            .setCurrencyCode("USD")
                            .setNanos(6_000_000)))
            .build());
    world.report(Usages.call("req_1"));

    assertThat(world.told()).isEmpty();
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L));
  }

  @Test
  void aMatchAfterTheChargeTakesItBackAndChargesTheHold() {
    world.report(Usages.call("req_1"));
    world.told();
    world.hold(
        World.measured(
            World.settled(
                "ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, 12_000_000L, "req_1"),
            1_000,
            200));

    assertThat(world.listNanos("ada")).containsExactly(CALL, -CALL, -2_000_000L);
  }

  @Test
  void anEstimateStandsUntilItIsMatched() {
    world.hold(
        World.settled(
            "ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_ESTIMATED, 50_000_000L, "req_1"));
    assertThat(world.told()).isEmpty();
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L));

    world.report(Usages.call("req_1"));

    assertThat(world.listNanos("ada")).containsExactly(CALL - 50_000_000L);
  }

  @Test
  void aReleasedHoldThatWasUsedPaysAll() {
    world.report(Usages.call("req_1").naming("ada", "hold-1"));
    assertThat(world.states()).isEqualTo(Map.of("WAITING", 1L));

    world.hold(
        World.settled("ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_RELEASED, 0).toBuilder()
            .clearAttempts()
            .build());
    world.sweep();

    assertThat(world.lines("ada"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getHoldId()).isEqualTo("hold-1");
              assertThat(World.nanos(line.getListAmount())).isEqualTo(CALL);
            });
  }

  @Test
  void theLatestAccountOfAHoldCounts() {
    world.hold(
        World.settled("ada", "hold-1", 2, HoldOutcome.HOLD_OUTCOME_SETTLED, 9_000_000L, "req_1"));
    world.report(Usages.call("req_1"));
    world.hold(
        World.settled(
            "ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_ESTIMATED, 50_000_000L, "req_1"));
    world.sweep();
    assertThat(world.listNanos("ada")).containsExactly(CALL - 9_000_000L);

    world.hold(
        World.settled("ada", "hold-1", 3, HoldOutcome.HOLD_OUTCOME_SETTLED, 11_000_000L, "req_1"));
    world.sweep();
    assertThat(world.listNanos("ada")).containsExactly(CALL - 9_000_000L, -2_000_000L);
  }

  @Test
  void anAccountThatWasOvertakenStillTellsTheIdsItKnows() {
    // Booked 0.009 at last, and the call is worth 0.010.
    world.hold(
        World.settled("ada", "hold-1", 2, HoldOutcome.HOLD_OUTCOME_SETTLED, 9_000_000L, "resp_1"));
    world.report(Usages.call("req_1"));
    world.hold(
        World.settled("ada", "hold-1", 1, HoldOutcome.HOLD_OUTCOME_SETTLED, 50_000_000L, "req_1"));
    world.sweep();

    assertThat(world.charged()).isEqualTo(Map.of("ada", CALL - 9_000_000L));
    assertThat(world.states()).isEqualTo(Map.of("SETTLED", 1L, "VOID", 1L));
  }

  @Test
  void whereTheGateIsClosedTheEmployerPaysForAPseudonymForEver() {
    world.person("eva", "DE", "eva@example.com");
    world.report(
        Usages.call("req_1").of("eva@example.com"), Usages.call("req_2").of("eva@example.com"));

    assertThat(world.charged()).hasSize(1).doesNotContainKey("eva").containsValue(2 * CALL);
    String pseudonym = world.charged().keySet().iterator().next();
    assertThat(world.told().getFirst().getPseudonymous()).isTrue();
    assertThat(world.lines(pseudonym).getFirst().getPayerKind())
        .isEqualTo(PayerKind.PAYER_KIND_EMPLOYER);

    world
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                insert into gate_change (country, version, open, since, recorded_at)
                values ('DE', 1, true, '2026-01-01', now())
                """));
    world.report(Usages.call("req_1").of("eva@example.com").byGateway("gw_1"));
    world.report(Usages.call("req_3").of("eva@example.com"));

    assertThat(world.charged()).isEqualTo(Map.of(pseudonym, 2 * CALL, "eva", CALL));
  }
}
