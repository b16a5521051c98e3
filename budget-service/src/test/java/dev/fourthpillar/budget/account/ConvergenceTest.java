package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.LotPart;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Rollover;
import dev.fourthpillar.proof.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The promises of the ledger, over seeded random histories. A failure names its seed. */
class ConvergenceTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int HISTORIES = 400;

  @Test
  void anyOrderOfUsageGrantsAndCorrectionsEndsTheSame() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      List<AccountCommand> commands = unheld(random);
      LedgerWorld straight = play(commands, random.nextInt());
      Collections.shuffle(commands, random);
      LedgerWorld shuffled = play(commands, random.nextInt());
      assertThat(picture(shuffled)).as("seed %d", seed).isEqualTo(picture(straight));
    }
  }

  /**
   * The holds are made first, in a lot of their own, and end when they do; all else comes in any
   * order between, and some of it twice.
   */
  @Test
  void givenTheSameHoldsAnyOrderEndsTheSame() {
    for (int seed = 0; seed < HISTORIES / 2; seed++) {
      Random random = new Random(seed);
      List<AccountCommand> commands = unheld(random);
      Holds holds = holds(random);
      LedgerWorld straight = play(commands, holds, random.nextInt());
      commands.addAll(
          commands.stream()
              .filter(AccountCommand.GrantLot.class::isInstance)
              .filter(_ -> random.nextInt(3) == 0)
              .toList());
      Collections.shuffle(commands, random);
      LedgerWorld shuffled = play(commands, holds, random.nextInt());
      assertThat(picture(shuffled)).as("seed %d", seed).isEqualTo(picture(straight));
      assertThat(shuffled.holds).as("seed %d", seed).isEqualTo(straight.holds);
    }
  }

  @Test
  void replayedFromEmptyTheJournalGivesTheStoredBalances() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      LedgerWorld world = anything(new Random(seed));
      Totals totals = Totals.NONE;
      Hash head = Hash.ZERO;
      Map<String, long[]> lots = new TreeMap<>();
      long number = 0;
      for (Entry entry : world.journal) {
        totals = totals.after(entry.debit(), entry.credit(), entry.amount());
        assertThat(entry.totals()).as("seed %d", seed).isEqualTo(totals);
        assertThat(entry.number()).isEqualTo(++number);
        head = entry.hashAfter(head);
        assertThat(entry.hash()).isEqualTo(head);
        for (LotPart part : entry.lots()) {
          long[] sums = lots.computeIfAbsent(part.lot(), _ -> new long[4]);
          sums[0] += signed(entry, part, "CONSUMED");
          sums[1] += signed(entry, part, "EXPIRED");
          sums[2] += signed(entry, part, "CARRIED");
          sums[3] -= signed(entry, part, "GRANTED") + signed(entry, part, "REDUCED");
        }
      }
      assertThat(world.state.totals()).as("seed %d", seed).isEqualTo(totals);
      assertThat(world.state.head()).isEqualTo(head);
      for (Lot lot : world.state.lots()) {
        long[] sums = lots.getOrDefault(lot.id(), new long[4]);
        assertThat(
                List.of(
                    lot.settled(),
                    lot.expired(),
                    lot.carry().out() - lot.carry().in(),
                    lot.amount() - lot.carry().in()))
            .as("seed %d, lot %s", seed, lot.id())
            .isEqualTo(List.of(sums[0], sums[1], sums[2], sums[3]));
      }
    }
  }

  @Test
  void whatIsChargedIsWhatLotsAndEmployerPay() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      LedgerWorld world = anything(new Random(seed));
      BigInteger charged = BigInteger.ZERO;
      BigInteger own = BigInteger.ZERO;
      BigInteger overage = BigInteger.ZERO;
      for (AccountEvent event : world.events) {
        if (event instanceof AccountEvent.Charged one) {
          charged = charged.add(BigInteger.valueOf(one.charge().cost().accountNanos()));
          own = own.add(one.own());
          overage = overage.add(one.overage());
          assertThat(one.own().add(one.overage()))
              .as("seed %d, %s", seed, one.charge().lineId())
              .isEqualTo(BigInteger.valueOf(one.charge().cost().accountNanos()));
        }
      }
      assertThat(own)
          .as("seed %d", seed)
          .isEqualTo(world.state.totals().settled().add(world.state.totals().uncapped()));
      assertThat(overage).as("seed %d", seed).isEqualTo(world.state.totals().overage());
      assertThat(charged).as("seed %d", seed).isEqualTo(own.add(overage));
    }
  }

  @Test
  void noHoldIsAdmittedThatIsNotThereAndNothingFallsBelowZero() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      LedgerWorld world = new LedgerWorld(START.toString());
      for (int i = 0; i < 60; i++) {
        BigInteger before = world.sweep().available();
        int held = world.state.openHolds();
        boolean uncapped = world.state.uncappedAt(world.now);
        long nanos = 1 + random.nextInt(40) * DOLLAR / 10;
        boolean partial = random.nextInt(8) == 0;
        var decision = world.decide(reserve("r" + i, nanos, onExpiry(random), partial));
        if (decision
            instanceof dev.fourthpillar.backbone.outcome.Decision.Accepted<AccountAnswer>) {
          long admitted = world.holds.get("r" + i).nanos();
          long pinned =
              world.holds.get("r" + i).slices().stream().mapToLong(slice -> slice.nanos()).sum();
          assertThat(BigInteger.valueOf(pinned)).as("seed %d", seed).isLessThanOrEqualTo(before);
          assertThat(admitted).isGreaterThanOrEqualTo(pinned);
          assertThat(admitted == pinned || uncapped).as("seed %d", seed).isTrue();
          assertThat(world.available()).isEqualTo(before.subtract(BigInteger.valueOf(pinned)));
          assertThat(world.state.openHolds()).isEqualTo(held + 1);
        } else {
          assertThat(BigInteger.valueOf(nanos)).as("seed %d", seed).isGreaterThan(before);
          assertThat(uncapped).as("seed %d", seed).isFalse();
        }
        step(world, random, i);
        assertThat(world.available()).as("seed %d", seed).isNotNegative();
        assertThat(world.state.totals().balance()).isGreaterThanOrEqualTo(world.state.held());
        assertThat(world.state.openHolds())
            .isEqualTo(
                (int)
                    world.holds.values().stream().filter(h -> h.state() == HoldState.HELD).count());
      }
    }
  }

  /** What a hold pays is the same whether its corrections came one by one or at once. */
  @Test
  void correctionsOfAHoldsCallConverge() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      List<AccountCommand> corrections = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        corrections.add(
            usage(
                "t" + i,
                (random.nextInt(9) - 4) * DOLLAR,
                START.toString(),
                ChargeCause.TRUE_UP,
                "h"));
      }
      corrections.add(grant("late", 5 * DOLLAR, "2026-02-20T00:00:00Z", "2026-03-20T00:00:00Z"));
      corrections.add(usage("u", 4 * DOLLAR, "2026-03-01T00:00:00Z"));
      List<Map<String, Object>> pictures = new ArrayList<>();
      for (int turn = 0; turn < 2; turn++) {
        LedgerWorld world = new LedgerWorld(START.toString());
        world.run(grant("a", 10 * DOLLAR, "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z"));
        world.run(reserve("h", 6 * DOLLAR));
        world.run(settle("h", 5 * DOLLAR));
        corrections.forEach(world::run);
        Map<String, Object> picture = picture(world);
        picture.remove("lots");
        pictures.add(picture);
        Collections.shuffle(corrections, random);
      }
      assertThat(pictures.get(1)).as("seed %d", seed).isEqualTo(pictures.get(0));
    }
  }

  private static List<AccountCommand> unheld(Random random) {
    List<AccountCommand> commands = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(5); i++) {
      int from = random.nextInt(20) - 10;
      commands.add(
          grant(
              "lot" + i,
              LotSource.ONE_OFF,
              random.nextInt(2),
              random.nextInt(12) * DOLLAR,
              day(from),
              random.nextInt(4) == 0 ? "" : day(from + 1 + random.nextInt(15))));
      int end = from + 1 + random.nextInt(15);
      commands.add(
          grant(
              "period" + i,
              LotSource.PLAN_PERIOD,
              random.nextInt(2),
              random.nextInt(12) * DOLLAR,
              day(from),
              day(end),
              Optional.of(
                  new Rollover(
                      random.nextInt(101),
                      random.nextInt(8) * DOLLAR,
                      Minutes.of(START) + (end + 1 + random.nextInt(9)) * 1440L,
                      random.nextInt(3)))));
    }
    if (random.nextInt(2) == 0) {
      commands.add(uncapped(random, 0));
    }
    for (int i = 0; i < random.nextInt(25); i++) {
      String minute = day(random.nextInt(20) - 10);
      long nanos = 1L + random.nextInt((int) (DOLLAR / 2));
      commands.add(usage("u" + i, nanos, minute));
      if (random.nextInt(4) == 0) {
        commands.add(usage("c" + i, -nanos / (1 + random.nextInt(2)), minute));
      }
    }
    Collections.shuffle(commands, random);
    return commands;
  }

  /**
   * Holds, and when something is said of them.
   *
   * @param made at the start, in this order
   */
  private record Holds(List<AccountCommand> made, NavigableMap<Instant, AccountCommand> said) {
    static final Holds NONE = new Holds(List.of(), new TreeMap<>());
  }

  /** Up to five, in a lot that burns first; some outlive it, and some nobody settles. */
  private static Holds holds(Random random) {
    List<AccountCommand> made = new ArrayList<>();
    int end = 1 + random.nextInt(12);
    made.add(
        grant(
            "held",
            LotSource.PLAN_PERIOD,
            -1,
            10 * DOLLAR,
            day(-random.nextInt(5)),
            day(end),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(
                    new Rollover(
                        random.nextInt(101),
                        random.nextInt(8) * DOLLAR,
                        Minutes.of(START) + (end + 1 + random.nextInt(9)) * 1440L,
                        random.nextInt(3)))));
    NavigableMap<Instant, AccountCommand> said = new TreeMap<>();
    for (int i = 0; i < random.nextInt(6); i++) {
      String id = "h" + i;
      made.add(reserve(id, 1 + random.nextInt(20) * DOLLAR / 10, onExpiry(random), false));
      made.add(
          new AccountCommand.Extend(id, Duration.ofHours(1 + random.nextInt(24 * 20)), List.of()));
      Instant when = START.plus(Duration.ofSeconds(61 + random.nextInt(22 * 24 * 3600)));
      switch (random.nextInt(4)) {
        case 0 -> {}
        case 1 -> said.put(when, new AccountCommand.Release(id));
        default -> said.put(when, settle(id, random.nextInt(30) * DOLLAR / 10));
      }
    }
    return new Holds(made, said);
  }

  private static LedgerWorld play(List<AccountCommand> commands, int seed) {
    return play(commands, Holds.NONE, seed);
  }

  private static LedgerWorld play(List<AccountCommand> commands, Holds holds, int seed) {
    Random random = new Random(seed);
    LedgerWorld world = new LedgerWorld(START.toString());
    holds.made().forEach(world::run);
    Instant now = START;
    for (AccountCommand command : commands) {
      // Time goes on between commands, differently each time, but within the window.
      Instant next = now.plus(Duration.ofMinutes(random.nextInt(600)));
      say(world, holds.said().subMap(now, false, next, true));
      now = next;
      world.now = now;
      world.sweep().run(command);
    }
    Instant end = START.plus(Duration.ofDays(23));
    say(world, holds.said().tailMap(now, false));
    world.now = end;
    world.sweep().run(new AccountCommand.CatchUp());
    return world;
  }

  /** A hold whose time is over by then cannot be released, in whatever order. */
  private static void say(LedgerWorld world, NavigableMap<Instant, AccountCommand> said) {
    said.forEach(
        (time, command) -> {
          world.now = time;
          world.sweep().decide(command);
        });
  }

  private static Map<String, Object> picture(LedgerWorld world) {
    Map<String, Object> picture = new TreeMap<>();
    picture.put("totals", world.state.totals());
    picture.put("available", world.available());
    picture.put("held", world.state.held());
    picture.put(
        "lots",
        world.state.lots().stream()
            // In one order something went on for a while, in another never.
            .filter(lot -> lot.amount() > 0)
            .map(lot -> lot.id() + ":" + lot.settled() + ":" + lot.expired() + ":" + lot.free())
            .collect(Collectors.toList()));
    return picture;
  }

  /** No limit in one or two times around that day, or in none. */
  private static AccountCommand uncapped(Random random, int today) {
    List<String> times = new ArrayList<>();
    int from = today - 10;
    for (int i = 0; i < random.nextInt(3); i++) {
      from += random.nextInt(6);
      times.add(day(from));
      from += 1 + random.nextInt(8);
      times.add(day(from));
    }
    return LedgerWorld.uncapped(times.toArray(String[]::new));
  }

  /** A history of everything there is, over four months: expiry and closed segments too. */
  private static LedgerWorld anything(Random random) {
    LedgerWorld world = new LedgerWorld(START.toString());
    for (int i = 0; i < 80; i++) {
      if (random.nextInt(3) == 0) {
        world.sweep();
        world.decide(
            reserve("r" + i, 1 + random.nextInt(40) * DOLLAR / 10, onExpiry(random), false));
      }
      step(world, random, i);
    }
    return world;
  }

  private static void step(LedgerWorld world, Random random, int i) {
    if (random.nextInt(3) == 0) {
      world.now = world.now.plus(Duration.ofMinutes(random.nextInt(4 * 24 * 60)));
    }
    world.sweep();
    int today = (int) Duration.between(START, world.now).toDays();
    switch (random.nextInt(8)) {
      case 0 ->
          world.decide(
              grant(
                  "lot" + i,
                  LotSource.ONE_OFF,
                  random.nextInt(2),
                  random.nextInt(12) * DOLLAR,
                  day(today - random.nextInt(60)),
                  day(today + random.nextInt(30) + 1),
                  random.nextBoolean() ? Optional.empty() : Optional.of(rollover(random, today))));
      case 1, 2 ->
          world.decide(
              usage("u" + i, 1 + random.nextInt((int) DOLLAR), day(today - random.nextInt(50))));
      case 3 ->
          world.decide(
              usage("c" + i, -random.nextInt((int) DOLLAR), day(today - random.nextInt(50))));
      case 6 -> world.decide(uncapped(random, today));
      case 4 -> {
        String hold = "r" + random.nextInt(i + 1);
        world.decide(settle(hold, random.nextInt(6) * DOLLAR));
      }
      case 5 -> {
        String hold = "r" + random.nextInt(i + 1);
        world.decide(new AccountCommand.Release(hold));
        if (world.holds.containsKey(hold)) {
          world.decide(
              usage(
                  "t" + i,
                  (random.nextInt(9) - 4) * DOLLAR,
                  day(today),
                  ChargeCause.TRUE_UP,
                  hold));
        }
      }
      default ->
          world.decide(
              new AccountCommand.ChangeLot(
                  "lot" + random.nextInt(i + 1),
                  random.nextInt(15) * DOLLAR,
                  dev.fourthpillar.budget.journal.Cause.event("change/" + i, "ENTITLED")));
    }
  }

  /** Until some days after the lot's last possible end. */
  private static Rollover rollover(Random random, int today) {
    if (random.nextInt(4) == 0) {
      return Rollover.atExit(
          random.nextInt(Rollover.WHOLE + 1),
          Minutes.of(START) + (today + 31 + random.nextInt(30)) * 1440L);
    }
    return new Rollover(
        random.nextInt(101),
        random.nextInt(3) == 0 ? Long.MAX_VALUE : random.nextInt(8) * DOLLAR,
        Minutes.of(START) + (today + 31 + random.nextInt(30)) * 1440L,
        random.nextInt(3));
  }

  private static OnExpiry onExpiry(Random random) {
    return random.nextBoolean() ? OnExpiry.RELEASE : OnExpiry.SETTLE_ESTIMATE;
  }

  private static long signed(Entry entry, LotPart part, String book) {
    if (entry.debit().name().equals(book)) {
      return part.nanos();
    }
    return entry.credit().name().equals(book) ? -part.nanos() : 0;
  }

  private static String day(int day) {
    return START.plus(Duration.ofDays(day)).toString();
  }
}
