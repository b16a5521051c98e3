package dev.fourthpillar.charging.model;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.charging.ScheduleDose;
import dev.fourthpillar.charging.oracle.Oracle;
import dev.fourthpillar.charging.oracle.Owed;
import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.Delivery;
import dev.fourthpillar.charging.world.HoldAccount;
import dev.fourthpillar.charging.world.Report;
import dev.fourthpillar.charging.world.Schedule;
import dev.fourthpillar.charging.world.World;
import dev.fourthpillar.charging.world.Worlds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;

/** The promises of charging, over schedules by chance; jqwik finds the smallest that breaks one. */
@AddLifecycleHook(ScheduleDose.class)
class ChargingTest {
  static final Comparator<Report> BY_VERSION =
      Comparator.comparing(Report::key).thenComparing(Report::version);

  private static final List<String> ENGINEERS =
      List.of(Worlds.ADA, Worlds.BOB, Worlds.DAN, Worlds.EVA, Worlds.FAY);

  /** Of a world; each has a rate. */
  private static final int DAYS = 2;

  @Property
  void everyInvariantHoldsAfterEveryDelivery(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int calls) {
    assertThat(play(schedule(seed, calls), seed).broken()).isEmpty();
  }

  @Property
  void whatIsChargedIsWhatTheOracleSays(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int calls) {
    Schedule schedule = schedule(seed, calls);

    Charging charging = play(schedule, seed).charging();

    Owed owed = Oracle.owed(schedule.delivered(), BY_VERSION);
    assertThat(lines(charging)).isEqualTo(owed.lines());
    assertThat(states(charging)).isEqualTo(owed.states());
  }

  @Property
  void totalsDoNotDependOnTheOrderOfArrival(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int calls) {
    Schedule schedule = schedule(seed, calls);
    Play first = play(schedule, seed);
    Play second = play(schedule.shuffled(new Random(seed + 1)), seed + 1);

    assertThat(lines(second.charging())).isEqualTo(lines(first.charging()));
    assertThat(second.charging().rollups().entrySet())
        .as("what is void counts nowhere")
        .isEqualTo(first.charging().rollups().entrySet());
    for (String engineer : List.of(Worlds.ADA, Worlds.DAN, Charging.EMPLOYER)) {
      assertThat(second.accounts().spent(engineer)).isEqualTo(first.accounts().spent(engineer));
    }
  }

  /**
   * In the price book's currency to the nano. In another one each movement is converted, and
   * rounded to the nano, for itself: an order with more corrections rounds more often.
   */
  @Property
  void balancesConverge(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int calls) {
    Schedule schedule = schedule(seed, calls);

    Accounts accounts = play(schedule, seed).accounts();

    assertThat(accounts.pending()).isZero();
    Map<Owed.Day, Cost> owed = spent(schedule.delivered());
    for (String engineer : ENGINEERS) {
      long expected =
          owed.entrySet().stream()
              .filter(day -> day.getKey().payer().equals(engineer))
              .mapToLong(day -> inAccount(engineer, day))
              .sum();
      int roundings = Accounts.hasOtherCurrency(engineer) ? accounts.movements(engineer) + DAYS : 0;
      assertThat(2 * Math.abs(accounts.spent(engineer) - expected))
          .as(engineer)
          .isLessThanOrEqualTo(roundings);
    }
  }

  /** The schedules are worth something: what the rules speak of happens, and often. */
  @Test
  void schedulesBringEverything() {
    Map<String, Integer> happened = new HashMap<>();
    for (long seed = 0; seed < 100; seed++) {
      Charging charging = play(schedule(seed, 8), seed).charging();
      for (Charging.View unit : charging.units()) {
        Value value = unit.value();
        happened.merge(value.state().name(), 1, Integer::sum);
        value
            .through()
            .flatMap(attempt -> charging.hold(attempt.id()))
            .ifPresent(hold -> happened.merge("held, " + hold.outcome(), 1, Integer::sum));
        if (value.estimate()) {
          happened.merge("never matched", 1, Integer::sum);
        }
        long payers = unit.emitted().stream().map(c -> c.line().payer()).distinct().count();
        if (payers > 1) {
          happened.merge("changed the payer", 1, Integer::sum);
        }
      }
    }
    assertThat(happened)
        .containsOnlyKeys(
            "SETTLED",
            "UNATTRIBUTED",
            "UNPRICED",
            "SUPPRESSED",
            "VOID",
            "held, SETTLED",
            "held, ESTIMATED",
            "held, RELEASED",
            "never matched",
            "changed the payer")
        .allSatisfy((_, times) -> assertThat(times).isGreaterThan(10));
  }

  private static long inAccount(String engineer, Map.Entry<Owed.Day, Cost> day) {
    long nanos = day.getValue().list();
    return Accounts.hasOtherCurrency(engineer)
        ? Accounts.converted(nanos, Worlds.rate(day.getKey().day()))
        : nanos;
  }

  /** What usage charges and what holds have booked at last, by engineer and day. */
  private static Map<Owed.Day, Cost> spent(Set<Delivery> delivered) {
    Map<Owed.Day, Cost> spent = new HashMap<>(Oracle.owed(delivered, BY_VERSION).days());
    Map<Attempt.HoldId, HoldAccount> last = new HashMap<>();
    for (Delivery delivery : delivered) {
      if (delivery instanceof HoldAccount account) {
        last.merge(account.id(), account, (a, b) -> a.sequence() > b.sequence() ? a : b);
      }
    }
    last.values()
        .forEach(
            hold ->
                spent.merge(
                    new Owed.Day(hold.engineer(), Worlds.day(hold.reserved())),
                    new Cost(Accounts.booked(hold), 0),
                    Cost::plus));
    return spent;
  }

  static Schedule schedule(long seed, int calls) {
    World world = Worlds.of(seed, calls);
    return world.schedule(new Random(seed));
  }

  private static Play play(Schedule schedule, long seed) {
    return Play.of(schedule, new Charging(BY_VERSION), new Random(seed));
  }

  /** Σ settlements, as budget-service hears of them. */
  static Map<Owed.Line, Owed.Amount> lines(Charging charging) {
    Map<Owed.Line, Owed.Amount> lines = new HashMap<>();
    for (Settlement settlement : charging.settlements()) {
      Charge change = settlement.change();
      lines.merge(
          new Owed.Line(change.line().payer(), change.line().through()),
          new Owed.Amount(change.cost(), change.tokens()),
          Owed.Amount::plus);
    }
    lines.values().removeIf(Owed.Amount.NOTHING::equals);
    return lines;
  }

  private static Map<String, Long> states(Charging charging) {
    return charging.units().stream()
        .map(unit -> unit.value().state())
        .filter(state -> state != State.VOID)
        .collect(groupingBy(State::name, counting()));
  }
}
