package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.RandomHistory.Step;
import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What is true of every hold, whatever happened before it. */
@AddLifecycleHook(HistoryDose.class)
final class HoldPropertiesTest {
  /** Steps that may say something else of a hold's call. */
  private static final Set<RandomHistory.What> SAYS_MORE =
      Set.of(RandomHistory.What.SETTLE, RandomHistory.What.RELEASE, RandomHistory.What.TRUE_UP);

  @Provide
  Arbitrary<List<Step>> histories() {
    return RandomHistory.steps();
  }

  /**
   * The bound: exactly what was asked for, or less where that is welcome, in burn order; else a
   * refusal that says what is there and when there is more.
   */
  @Property
  void aHoldIsExactOrRefused(@ForAll("histories") List<Step> steps) {
    RandomHistory history = new RandomHistory();
    LedgerWorld world = history.world;
    for (Step step : steps) {
      Optional<AccountCommand> next = history.pass(step.minutes()).command(step);
      world.run(new AccountCommand.CatchUp());
      if (next.isPresent() && next.get() instanceof AccountCommand.Reserve reserve) {
        check(world, reserve);
      } else {
        next.ifPresent(world::decide);
      }
    }
  }

  private static void check(LedgerWorld world, AccountCommand.Reserve reserve) {
    BigInteger available = world.available();
    List<Lot> lots = world.state.lots();
    int entries = world.journal.size();
    long asked = Long.parseLong(reserve.content().get("amount"));
    boolean fits = BigInteger.valueOf(asked).compareTo(available) <= 0;
    Decision<AccountAnswer> decision = world.decide(reserve);
    Hold hold = world.holds.get(reserve.holdId());
    assertThat(world.journal).as("holds move nothing").hasSize(entries);
    switch (decision) {
      case Decision.Accepted<AccountAnswer> _ -> {
        assertThat(fits || reserve.terms().allowPartial()).isTrue();
        assertThat(BigInteger.valueOf(hold.nanos()))
            .isEqualTo(BigInteger.valueOf(asked).min(available));
        assertThat(world.available())
            .isEqualTo(available.subtract(BigInteger.valueOf(hold.nanos())));
        assertThat(hold.slices()).isEqualTo(inBurnOrder(lots, hold.nanos(), Minutes.of(world.now)));
      }
      case Decision.Refused<AccountAnswer>(Failure why) -> {
        assertThat(fits).isFalse();
        assertThat(!reserve.terms().allowPartial() || available.signum() == 0).isTrue();
        assertThat(why.reason()).isEqualTo(Reason.BUDGET_INSUFFICIENT);
        assertThat(why.metadata()).containsEntry("scope", "engineers/ada/USD");
        assertThat(new BigDecimal(why.metadata().get("available")))
            .isEqualByComparingTo(new BigDecimal(available, 9));
        assertThat(Optional.ofNullable(why.metadata().get("next_growth_time")))
            .isEqualTo(
                lots.stream()
                    .filter(lot -> lot.effective() > Minutes.of(world.now) && lot.free() > 0)
                    .map(Lot::effective)
                    .min(Long::compare)
                    .map(minute -> Minutes.start(minute).toString()));
        assertThat(world.available()).isEqualTo(available);
      }
    }
  }

  /** By the words of the rule, one lot after the other. */
  private static List<Slice> inBurnOrder(List<Lot> lots, long nanos, long now) {
    List<Lot> open = new ArrayList<>(lots.stream().filter(lot -> lot.paysAt(now)).toList());
    List<Slice> slices = new ArrayList<>();
    long left = nanos;
    while (left > 0) {
      Lot first = open.getFirst();
      for (Lot lot : open) {
        first = burnsBefore(lot, first) ? lot : first;
      }
      open.remove(first);
      long take = Math.min(left, first.free());
      if (take > 0) {
        slices.add(new Slice(first.id(), take, 0));
      }
      left -= take;
    }
    return slices;
  }

  private static boolean burnsBefore(Lot one, Lot other) {
    if (one.priority() != other.priority()) {
      return one.priority() < other.priority();
    }
    if (one.expiry() != other.expiry()) {
      boolean oneEnds = one.expiry() != Minutes.NEVER;
      boolean otherEnds = other.expiry() != Minutes.NEVER;
      return oneEnds && (!otherEnds || one.expiry() < other.expiry());
    }
    return one.effective() != other.effective()
        ? one.effective() < other.effective()
        : one.id().compareTo(other.id()) < 0;
  }

  /** The same id with the same content again: the same answer, and nothing else happens. */
  @Property
  void whatIsRepeatedHappensOnce(@ForAll("histories") List<Step> steps) {
    RandomHistory history = new RandomHistory();
    LedgerWorld world = history.world;
    for (Step step : steps) {
      Optional<AccountCommand> next = history.pass(step.minutes()).command(step);
      next.ifPresent(world::decide);
      Optional<AccountCommand> repeatable =
          next.filter(
              command ->
                  command instanceof AccountCommand.OfHold
                      || command instanceof AccountCommand.GrantLot);
      if (repeatable.isPresent()) {
        AccountState state = world.state;
        Map<String, Hold> holds = Map.copyOf(world.holds);
        int entries = world.journal.size();
        int events = world.events.size();
        Decision<AccountAnswer> again = world.decide(repeatable.get());
        Decision<AccountAnswer> andAgain = world.decide(repeatable.get());
        assertThat(andAgain).isEqualTo(again);
        assertThat(world.state).isEqualTo(state);
        assertThat(world.holds).isEqualTo(holds);
        assertThat(world.journal).hasSize(entries);
        assertThat(world.events).hasSize(events);
      }
    }
  }

  /** Of a hold that is released at once nothing is left but its name. */
  @Property
  void aReleaseGivesAllBack(
      @ForAll("histories") List<Step> steps, @ForAll @IntRange(min = 1, max = 5_000) int cents) {
    RandomHistory history = new RandomHistory();
    steps.forEach(history::play);
    LedgerWorld world = history.world;
    world.run(new AccountCommand.CatchUp());
    AccountState before = world.state;
    var _ = world.decide(reserve("h", cents * (DOLLAR / 100), OnExpiry.RELEASE, true));
    var _ = world.decide(new AccountCommand.Release("h"));
    assertThat(world.state.lots()).isEqualTo(before.lots());
    assertThat(world.state.totals()).isEqualTo(before.totals());
    assertThat(world.state.openHolds()).isEqualTo(before.openHolds());
  }

  /**
   * What a call cost is charged to the nano, whether it is told in time, after the hold's expiry,
   * after its release, or by usage; and all of it is the person's or overage.
   */
  @Property
  void aRealCostIsNeverThrownAway(
      @ForAll("histories") List<Step> before,
      @ForAll("histories") List<Step> after,
      @ForAll @IntRange(max = 9_999) int actual,
      @ForAll OnExpiry onExpiry) {
    long cost = actual * (DOLLAR / 1_000);
    List<Function<LedgerWorld, Long>> ways =
        List.of(
            world -> told(world, settle("h", cost)),
            world -> {
              expire(world);
              return told(world, settle("h", cost));
            },
            world -> told(world, new AccountCommand.Release("h"), settle("h", cost)),
            world -> {
              expire(world);
              long booked = onExpiry == OnExpiry.RELEASE ? 0 : world.holds.get("h").nanos();
              return told(
                  world,
                  usage(
                      "true-up",
                      cost - booked,
                      RandomHistory.START.toString(),
                      ChargeCause.TRUE_UP,
                      "h"));
            });
    for (Function<LedgerWorld, Long> way : ways) {
      RandomHistory history = new RandomHistory();
      LedgerWorld world = history.world;
      world.run(grant("sure", DOLLAR, RandomHistory.day(0), RandomHistory.day(500)));
      before.forEach(history::play);
      if (world.decide(reserve("h", DOLLAR / 2, onExpiry, true))
          instanceof Decision.Refused<AccountAnswer>) {
        return;
      }
      assertThat(way.apply(world)).isEqualTo(cost);
      after.stream().filter(step -> !SAYS_MORE.contains(step.what())).forEach(history::play);
      assertThat(charged(world)).isEqualTo(cost);
    }
  }

  private static long told(LedgerWorld world, AccountCommand... commands) {
    for (AccountCommand command : commands) {
      world.run(command);
    }
    return charged(world);
  }

  private static void expire(LedgerWorld world) {
    world.now = world.now.plus(Duration.ofMinutes(10));
    world.sweep();
  }

  /** What was charged for that hold, from the first line to the last. */
  private static long charged(LedgerWorld world) {
    return world.events.stream()
        .filter(AccountEvent.Charged.class::isInstance)
        .map(AccountEvent.Charged.class::cast)
        .filter(line -> line.charge().holdId().equals("h"))
        .peek(
            line ->
                assertThat(line.own().add(line.overage()))
                    .isEqualTo(BigInteger.valueOf(line.charge().cost().accountNanos())))
        .collect(Collectors.summingLong(line -> line.charge().cost().accountNanos()));
  }
}
