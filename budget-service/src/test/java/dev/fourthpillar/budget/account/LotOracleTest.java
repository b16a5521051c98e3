package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Rollover;
import dev.fourthpillar.budget.lot.Slice;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Lots after random histories against an oracle that plays usage event by event in the order of
 * time, with what holds have pinned set aside: expiry, rollover, what survives an exit, reductions,
 * late usage and corrections. A failure names its seed.
 */
final class LotOracleTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int HISTORIES = 400;
  private static final int DAYS = 33;

  @Test
  void lotsAreWhatEventByEventComesOut() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      LedgerWorld world = new LedgerWorld(START.toString());
      Map<Long, Long> used = new TreeMap<>();
      for (int i = 0; i < 60; i++) {
        world.now = world.now.plus(Duration.ofMinutes(random.nextInt(DAYS * 24)));
        world.sweep();
        step(world, random, i, used);
      }
      world.run(new AccountCommand.CatchUp());
      Oracle oracle = new Oracle(world, used);
      for (Lot lot : world.state.lots()) {
        Oracle.Played played = oracle.lot(lot.id());
        assertThat(List.of(lot.amount(), lot.settled(), lot.expired(), lot.carry().out()))
            .as("seed %d, lot %s", seed, lot.id())
            .isEqualTo(List.of(played.amount, played.settled(), played.expired(), played.carried));
      }
      assertThat(world.state.totals().overage())
          .as("seed %d", seed)
          .isEqualTo(BigInteger.valueOf(oracle.overage));
    }
  }

  private static void step(LedgerWorld world, Random random, int i, Map<Long, Long> used) {
    int today = (int) Duration.between(START, world.now).toDays();
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        int from = Math.max(0, today - random.nextInt(4));
        int until = today + 1 + random.nextInt(12);
        world.decide(
            grant(
                "lot" + i,
                LotSource.PLAN_PERIOD,
                random.nextInt(2),
                (1 + random.nextInt(12)) * DOLLAR,
                day(from),
                day(until),
                rollover(random, until)));
      }
      case 2, 3 -> {
        String minute = day(Math.max(0, today - random.nextInt(20)));
        long nanos = 1L + random.nextInt((int) DOLLAR * 2);
        world.run(usage("u" + i, nanos, minute));
        use(used, minute, nanos);
      }
      case 4 -> {
        // Of what there was in that minute, so that no minute has less than nothing.
        String minute = day(Math.max(0, today - random.nextInt(20)));
        long there = used.getOrDefault(LedgerWorld.minute(minute), 0L);
        if (there > 1) {
          long back = 1 + (there - 1) / (1 + random.nextInt(3));
          world.run(usage("c" + i, -back, minute));
          use(used, minute, -back);
        }
      }
      case 5 ->
          world.decide(
              reserve(
                  "r" + i,
                  1 + random.nextInt(40) * DOLLAR / 10,
                  random.nextBoolean() ? OnExpiry.RELEASE : OnExpiry.SETTLE_ESTIMATE,
                  true));
      case 6 -> world.decide(settle("r" + random.nextInt(i + 1), random.nextInt(4) * DOLLAR));
      default ->
          world.decide(
              new AccountCommand.ChangeLot(
                  "lot" + random.nextInt(i + 1),
                  random.nextInt(12) * DOLLAR,
                  Cause.event("change/" + i, "ENTITLED")));
    }
  }

  /** Of a period, at the end of an employment, or none. */
  private static Optional<Rollover> rollover(Random random, int until) {
    long end = LedgerWorld.minute(day(until + 1 + random.nextInt(10)));
    return switch (random.nextInt(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(Rollover.atExit(random.nextInt(Rollover.WHOLE + 1), end));
      default ->
          Optional.of(
              new Rollover(
                  random.nextInt(101),
                  random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(5) * DOLLAR,
                  end,
                  random.nextInt(3)));
    };
  }

  private static void use(Map<Long, Long> used, String minute, long nanos) {
    used.merge(LedgerWorld.minute(minute), nanos, Long::sum);
  }

  private static String day(int day) {
    return START.plus(Duration.ofDays(day)).toString();
  }

  /** Plays a world's usage again. */
  private static final class Oracle {
    private final Map<String, Played> lots = new HashMap<>();
    private final long now;
    private long overage;

    /** A lot as it is played. */
    private static final class Played {
      private final Lot terms;
      private long amount;
      private long heldOrPaid;
      private long paidByHolds;
      private long lapsed;
      private long used;
      private long carried;
      private boolean ended;
      private Optional<Played> continuation = Optional.empty();

      Played(Lot terms) {
        this.terms = terms;
        this.amount = terms.source().isContinuation() ? 0 : terms.amount();
      }

      long settled() {
        return paidByHolds + used;
      }

      long expired() {
        return ended ? amount - heldOrPaid - used - carried : 0;
      }

      long room() {
        long setAside = ended ? carried : continuation.map(other -> other.heldOrPaid).orElse(0L);
        return amount - heldOrPaid - used - setAside;
      }
    }

    Oracle(LedgerWorld world, Map<Long, Long> used) {
      now = Minutes.of(world.now);
      world.state.lots().forEach(lot -> lots.put(lot.id(), new Played(lot)));
      lots.values()
          .forEach(
              lot ->
                  lot.continuation = Optional.ofNullable(lots.get("rollover/" + lot.terms.id())));
      Map<Long, Long> events = new TreeMap<>(used);
      world.holds.values().forEach(hold -> pin(hold, events));
      events.forEach(this::play);
      end(now);
    }

    Played lot(String id) {
      return lots.get(id);
    }

    private void pin(Hold hold, Map<Long, Long> events) {
      for (Slice slice : hold.slices()) {
        Played lot = lots.get(slice.lot());
        if (hold.state().ended()) {
          lot.heldOrPaid += slice.settled();
          lot.paidByHolds += slice.settled();
          boolean after = lot.terms.expiredAt(Minutes.of(hold.endedAt().orElseThrow()));
          lot.lapsed += after ? slice.nanos() - slice.settled() : 0;
        } else {
          lot.heldOrPaid += slice.nanos();
        }
      }
      // What it cost beyond its slices is usage of the minute in which it was made.
      events.merge(Minutes.of(hold.reservedAt()), hold.excess(), Long::sum);
    }

    private void play(long minute, long nanos) {
      end(minute);
      long left = nanos;
      List<Played> open = new ArrayList<>(lots.values());
      open.sort(Comparator.comparing(lot -> lot.terms, Lot.BURN_ORDER));
      for (Played lot : open) {
        if (lot.terms.paysAt(minute)) {
          long take = Math.min(left, Math.max(0, lot.room()));
          lot.used += take;
          left -= take;
        }
      }
      overage += left;
    }

    /** Those that have ended by then, the earlier first. */
    private void end(long minute) {
      lots.values().stream()
          .filter(lot -> !lot.ended && lot.terms.expiredAt(minute))
          .sorted(Comparator.comparingLong(lot -> lot.terms.expiry()))
          .forEach(
              lot -> {
                long pinned = lot.continuation.map(other -> other.heldOrPaid).orElse(0L);
                long unused = Math.max(0, lot.room() - lot.lapsed) + pinned;
                long cap =
                    lot.terms.carry().rollover().map(r -> r.cap(lot.amount, unused)).orElse(0L);
                lot.ended = true;
                lot.carried = Math.max(pinned, Math.min(cap, unused));
                lot.continuation.ifPresent(other -> other.amount = lot.carried);
              });
    }
  }
}
