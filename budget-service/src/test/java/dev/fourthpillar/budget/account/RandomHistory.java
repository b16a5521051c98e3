package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;

import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Rollover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * An account to which anything happens: grants of now, before and later, that roll over, end with
 * an employment or end never; usage, late and corrected; holds that are settled, released,
 * forgotten and corrected; lots that are reduced, raised, revoked and extended. What a step does
 * follows from its numbers and what there is, so that a history that fails can be made smaller.
 */
final class RandomHistory {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int MOST_MINUTES = 3 * 24 * 60;

  /**
   * @param minutes that pass before it
   * @param what happens then
   * @param a how much, or which
   * @param b when, or how
   */
  record Step(int minutes, What what, int a, int b) {}

  /** What can happen. */
  enum What {
    GRANT,
    USE,
    CORRECT,
    RESERVE,
    SETTLE,
    RELEASE,
    TRUE_UP,
    CHANGE,
    REVOKE,
    EXTEND,
    LOOK
  }

  final LedgerWorld world = new LedgerWorld(START.toString());
  private final TreeMap<Long, Long> used = new TreeMap<>();
  private int number;

  static Arbitrary<List<Step>> steps() {
    // What is there often has to be there before the rest means anything.
    Arbitrary<What> what =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(2, Arbitraries.of(What.GRANT, What.USE, What.RESERVE)),
            net.jqwik.api.Tuple.of(3, Arbitraries.of(What.class)));
    return Combinators.combine(
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 15)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, MOST_MINUTES))),
            what,
            Arbitraries.integers().between(0, 9_999),
            Arbitraries.integers().between(0, 9_999))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(50);
  }

  /** Lets so much time pass; what is due then is done before anything else, as the store does. */
  RandomHistory pass(int minutes) {
    world.now = world.now.plus(Duration.ofMinutes(minutes));
    world.sweep();
    return this;
  }

  /** The step's command, when what it is about is there. */
  Optional<AccountCommand> command(Step step) {
    number++;
    int today = (int) Duration.between(START, world.now).toDays();
    int a = step.a();
    int b = step.b();
    return switch (step.what()) {
      case GRANT -> Optional.of(granted(today, a, b));
      case USE -> {
        long nanos = 1 + a * (DOLLAR / 5_000);
        String minute = day(today - b % 50);
        used.merge(LedgerWorld.minute(minute), nanos, Long::sum);
        yield Optional.of(usage("u" + number, nanos, minute));
      }
      case CORRECT -> {
        Long minute = used.floorKey(LedgerWorld.minute(day(today - b % 50)));
        long there = minute == null ? 0 : used.get(minute);
        if (there == 0) {
          yield Optional.empty();
        }
        // Of what there was, so that no minute has less than nothing.
        long back = 1 + (there - 1) * (a % 101) / 100;
        used.merge(minute, -back, Long::sum);
        yield Optional.of(usage("c" + number, -back, Minutes.start(minute).toString()));
      }
      case RESERVE ->
          Optional.of(
              reserve(
                  "r" + number,
                  1 + a * (DOLLAR / 2_000),
                  b % 2 == 0 ? OnExpiry.RELEASE : OnExpiry.SETTLE_ESTIMATE,
                  b % 3 == 0));
      case SETTLE -> hold(b).map(hold -> settle(hold, a * (DOLLAR / 2_000)));
      case RELEASE -> hold(b).map(AccountCommand.Release::new);
      case TRUE_UP ->
          hold(b)
              .filter(hold -> world.holds.get(hold).state().ended())
              .map(
                  hold ->
                      usage(
                          "t" + number,
                          (a - 5_000) * (DOLLAR / 2_000),
                          day(today),
                          ChargeCause.TRUE_UP,
                          hold));
      case CHANGE ->
          lot(b)
              .filter(lot -> !lot.source().isContinuation())
              .map(
                  lot ->
                      new AccountCommand.ChangeLot(
                          lot.id(), a * (DOLLAR / 1_000), cause("change/" + number)));
      case REVOKE ->
          lot(b)
              .filter(lot -> lot.source() == LotSource.MANUAL)
              .map(lot -> new AccountCommand.RevokeLot(lot.id(), cause("revoke/" + number)));
      case EXTEND ->
          lot(b)
              .filter(lot -> lot.source() == LotSource.MANUAL && lot.expiry() != Minutes.NEVER)
              .filter(lot -> !lot.expiredAt(Minutes.of(world.now)))
              .map(
                  lot ->
                      new AccountCommand.EndLot(
                          lot.id(),
                          lot.expiry() + a,
                          lot.carry().rollover(),
                          cause("extend/" + number)));
      case LOOK -> Optional.of(new AccountCommand.CatchUp());
    };
  }

  /** Waits, and does it. */
  Optional<Decision<AccountAnswer>> play(Step step) {
    return pass(step.minutes()).command(step).map(world::decide);
  }

  private AccountCommand.GrantLot granted(int today, int a, int b) {
    int from = today - 3 + b % 7;
    int until = from + 1 + b % 16;
    LotSource source =
        List.of(LotSource.PLAN_PERIOD, LotSource.ONE_OFF, LotSource.MANUAL).get(a % 3);
    return grant(
        "lot" + number,
        source,
        b % 3,
        a * (DOLLAR / 1_000),
        day(from),
        b % 10 == 0 ? "" : day(until),
        rollover(until, a, b));
  }

  private static Optional<Rollover> rollover(int until, int a, int b) {
    long end = LedgerWorld.minute(day(until + 1 + a % 10));
    return switch (b % 4) {
      case 0 -> Optional.of(new Rollover(a % 101, (b % 7) * DOLLAR, end, b % 3));
      case 1 -> Optional.of(new Rollover(a % 101, Long.MAX_VALUE, end, b % 3));
      case 2 -> Optional.of(Rollover.atExit(b * (Rollover.WHOLE / 10_000), end));
      default -> Optional.empty();
    };
  }

  private Optional<String> hold(int which) {
    List<String> ids = world.holds.keySet().stream().sorted().toList();
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(which % ids.size()));
  }

  private Optional<Lot> lot(int which) {
    List<Lot> lots = world.state.lots();
    return lots.isEmpty() ? Optional.empty() : Optional.of(lots.get(which % lots.size()));
  }

  private static Cause cause(String id) {
    return Cause.command(id, "TEST");
  }

  static String day(int day) {
    return START.plus(Duration.ofDays(day)).toString();
  }
}
