package dev.fourthpillar.budget.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.account.RandomHistory.Step;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.journal.Book;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.EntryKind;
import dev.fourthpillar.budget.journal.LotPart;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Slice;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What is true of every movement, every lot and every threshold, whatever happened. */
@AddLifecycleHook(HistoryDose.class)
final class LedgerPropertiesTest {
  @Provide
  Arbitrary<List<Step>> histories() {
    return RandomHistory.steps();
  }

  @Property
  void everyMovementIsWhole(@ForAll("histories") List<Step> steps) {
    RandomHistory history = new RandomHistory();
    LedgerWorld world = history.world;
    Map<String, Lot> known = new HashMap<>();
    for (Step step : steps) {
      int before = world.journal.size();
      var _ = history.play(step);
      world.state.lots().forEach(lot -> known.put(lot.id(), lot));
      for (Entry entry : world.journal.subList(before, world.journal.size())) {
        assertThat(entry.account()).isEqualTo("engineers/ada/USD");
        assertThat(entry.amount()).isPositive();
        assertThat(entry.debit()).isNotEqualTo(entry.credit());
        assertThat(entry.recorded()).isEqualTo(world.now);
        assertThat(entry.lots()).allSatisfy(part -> assertThat(part.nanos()).isPositive());
        boolean ofLots = entry.debit() == Book.BALANCE || entry.credit() == Book.BALANCE;
        if (ofLots || !entry.lots().isEmpty()) {
          assertThat(sum(entry.lots().stream().mapToLong(LotPart::nanos)))
              .as("parts of %s", entry)
              .isEqualTo(entry.amount());
        }
        // Grants alone may count later than they are written.
        if (entry.kind() != EntryKind.GRANT) {
          assertThat(entry.effective()).as("%s", entry).isBeforeOrEqualTo(entry.recorded());
        }
        if (entry.kind() == EntryKind.EXPIRE && entry.cause().detail().equals("EXPIRY")) {
          assertThat(entry.lots()).hasSize(1);
          Lot lot = known.get(entry.lots().getFirst().lot());
          assertThat(entry.effective()).isEqualTo(Minutes.start(lot.expiry()));
        }
        // Carried credit is no new compensation.
        if (entry.kind() == EntryKind.ROLLOVER) {
          assertThat(Set.of(entry.debit(), entry.credit()))
              .isEqualTo(Set.of(Book.BALANCE, Book.CARRIED));
        }
      }
    }
  }

  @Property
  void availableIsWhatTheSumsLeave(@ForAll("histories") List<Step> steps) {
    RandomHistory history = new RandomHistory();
    LedgerWorld world = history.world;
    for (Step step : steps) {
      var _ = history.play(step);
      world.run(new AccountCommand.CatchUp());
      AccountState state = world.state;
      long now = Minutes.of(world.now);
      Totals sums = state.totals();
      // What was granted for later, and what survived an exit, is there and pays for nothing now.
      BigInteger notNow = free(state, lot -> !lot.paysAt(now) && !lot.expiredAt(now));
      assertThat(world.available())
          .isEqualTo(
              sums.granted()
                  .subtract(sums.settled())
                  .subtract(sums.expired())
                  .subtract(sums.reduced())
                  .subtract(state.held())
                  .subtract(notNow))
          .isNotNegative();
      for (Lot lot : state.lots()) {
        assertThat(lot.free()).isNotNegative();
        assertThat(lot.expiredAt(now) ? lot.free() : 0).as("rest of %s", lot).isZero();
        assertThat(lot.held())
            .as("held of %s", lot)
            .isEqualTo(
                world.holds.values().stream()
                    .filter(hold -> hold.state() == HoldState.HELD)
                    .flatMap(hold -> hold.slices().stream())
                    .filter(slice -> slice.lot().equals(lot.id()))
                    .mapToLong(Slice::nanos)
                    .sum());
      }
      assertThat(state.openHolds())
          .isEqualTo(
              (int)
                  world.holds.values().stream()
                      .filter(hold -> hold.state() == HoldState.HELD)
                      .count());
    }
  }

  /** Of what one lot goes on as: no more than its caps, whoever has pinned what there since. */
  @Property
  void whatGoesOnIsNoMoreThanItsCaps(@ForAll("histories") List<Step> steps) {
    RandomHistory history = new RandomHistory();
    LedgerWorld world = history.world;
    for (Step step : steps) {
      var _ = history.play(step);
      world.run(new AccountCommand.CatchUp());
      for (Lot lot : world.state.lots()) {
        if (lot.expiry() <= closedUntil(world)) {
          continue; // what went on of it is written for good
        }
        Optional<Lot> other = lot(world, lot.continuationId());
        BigInteger most =
            lot.carry()
                .rollover()
                .map(
                    rollover ->
                        rollover.portable().isPresent()
                            ? of(lot.amount(), rollover.portable().getAsInt(), 100_000_000)
                            : of(lot.amount(), rollover.percent(), 100)
                                .min(BigInteger.valueOf(rollover.mostNanos())))
                .orElse(BigInteger.ZERO);
        assertThat(BigInteger.valueOf(lot.carry().out()))
            .as("%s", lot)
            .isLessThanOrEqualTo(most.max(BigInteger.valueOf(other.map(Lot::pinned).orElse(0L))));
        assertThat(other.map(goneOn -> goneOn.carry().in()).orElse(0L))
            .isEqualTo(lot.carry().out());
      }
    }
  }

  /** Never below what is settled and held, there or in the lot as which it went on. */
  @Property
  void aLotIsChangedAsFarAsItIsFree(@ForAll("histories") List<Step> steps) {
    RandomHistory history = new RandomHistory();
    LedgerWorld world = history.world;
    for (Step step : steps) {
      Optional<AccountCommand> next = history.pass(step.minutes()).command(step);
      if (next.isPresent()
          && next.get() instanceof AccountCommand.ChangeLot(var id, var nanos, var _)) {
        world.run(new AccountCommand.CatchUp());
        Optional<Lot> lot = lot(world, id).filter(one -> one.expiry() > closedUntil(world));
        long pinned =
            lot.flatMap(one -> lot(world, one.continuationId())).map(Lot::pinned).orElse(0L);
        var _ = world.decide(next.get());
        lot.ifPresent(
            before ->
                assertThat(lot(world, id).orElseThrow().amount())
                    .isEqualTo(Math.max(nanos, before.settled() + before.held() + pinned)));
      } else {
        next.ifPresent(world::decide);
      }
    }
  }

  /** 35 days after its end, and not before. */
  @Property
  void segmentsCloseWhenTheirWindowIsOver(@ForAll("histories") List<Step> steps) {
    RandomHistory history = new RandomHistory();
    LedgerWorld world = history.world;
    for (Step step : steps) {
      var _ = history.play(step);
      world.run(new AccountCommand.CatchUp());
      long horizon = Minutes.of(world.now.minus(Duration.ofDays(35)));
      assertThat(closedUntil(world)).isLessThanOrEqualTo(Math.max(horizon, Minutes.EVER));
      assertThat(
              world.state.lots().stream()
                  .flatMap(lot -> LongStream.of(lot.effective(), lot.expiry()).boxed())
                  .filter(end -> end > closedUntil(world) && end <= horizon))
          .isEmpty();
    }
  }

  /** Whoever looks in between, and however often, finds the same in the end. */
  @Property
  void whoLooksChangesNothing(@ForAll("histories") List<Step> steps) {
    RandomHistory seldom = new RandomHistory();
    RandomHistory often = new RandomHistory();
    for (Step step : steps) {
      for (int passed = 0; passed < step.minutes(); passed += 60) {
        often.pass(Math.min(60, step.minutes() - passed));
        often.world.run(new AccountCommand.CatchUp());
      }
      seldom.pass(step.minutes());
      // Of what there is, which who looked knows and who did not finds out.
      Optional<AccountCommand> command = often.command(step);
      command.ifPresent(often.world::decide);
      command.ifPresent(seldom.world::decide);
    }
    for (RandomHistory history : List.of(seldom, often)) {
      history.pass(60 * 24 * 40).world.run(new AccountCommand.CatchUp());
    }
    assertThat(often.world.state.totals()).isEqualTo(seldom.world.state.totals());
    assertThat(often.world.available()).isEqualTo(seldom.world.available());
    assertThat(often.world.holds).isEqualTo(seldom.world.holds);
  }

  /**
   * Told is what is reached, once; what holds have gone below again stays told until a correction
   * or another limit comes.
   */
  @Property
  void thresholdsAreThoseThatAreReached(@ForAll("histories") List<Step> steps) {
    RandomHistory history = new RandomHistory();
    LedgerWorld world = history.world;
    boolean holds = false;
    long period = world.state.thresholds().periodStart();
    Set<Integer> told = new TreeSet<>();
    for (Step step : steps) {
      int before = world.events.size();
      var _ = history.play(step);
      holds |= step.what() == RandomHistory.What.RESERVE;
      if (world.state.thresholds().periodStart() != period) {
        period = world.state.thresholds().periodStart();
        told.clear();
      }
      for (AccountEvent event : world.events.subList(before, world.events.size())) {
        if (event instanceof AccountEvent.Crossed crossed && crossed.periodStart() == period) {
          assertThat(told.add(crossed.percent())).as("%s again", crossed).isTrue();
        } else if (event instanceof AccountEvent.Cleared cleared
            && cleared.periodStart() == period) {
          assertThat(told.remove(cleared.percent())).as("%s was told", cleared).isTrue();
        }
      }
      assertThat(told).isEqualTo(new TreeSet<>(world.state.thresholds().crossed()));
      List<Lot> open =
          world.state.lots().stream().filter(lot -> lot.paysAt(Minutes.of(world.now))).toList();
      BigInteger budget = sum(open.stream().mapToLong(Lot::amount));
      BigInteger used = sum(open.stream().mapToLong(lot -> lot.settled() + lot.held()));
      if (budget.signum() > 0) {
        Set<Integer> reached =
            LongStream.of(50, 80, 90, 100)
                .filter(
                    percent ->
                        used.multiply(BigInteger.valueOf(100))
                                .compareTo(budget.multiply(BigInteger.valueOf(percent)))
                            >= 0)
                .mapToObj(percent -> (int) percent)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).containsAll(reached);
        if (!holds) {
          assertThat(told).isEqualTo(reached);
        }
      }
    }
  }

  private static Optional<Lot> lot(LedgerWorld world, String id) {
    return world.state.lots().stream().filter(lot -> lot.id().equals(id)).findFirst();
  }

  private static long closedUntil(LedgerWorld world) {
    return world.state.closedUntil();
  }

  private static BigInteger free(AccountState state, Predicate<Lot> which) {
    return sum(state.lots().stream().filter(which).mapToLong(Lot::free));
  }

  private static BigInteger sum(LongStream nanos) {
    return nanos.mapToObj(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static BigInteger of(long nanos, long parts, long whole) {
    return BigInteger.valueOf(nanos)
        .multiply(BigInteger.valueOf(parts))
        .divide(BigInteger.valueOf(whole));
  }
}
