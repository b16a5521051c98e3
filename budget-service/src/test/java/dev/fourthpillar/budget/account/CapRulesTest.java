package dev.fourthpillar.budget.account;

import static dev.fourthpillar.budget.account.LedgerWorld.DOLLAR;
import static dev.fourthpillar.budget.account.LedgerWorld.dollars;
import static dev.fourthpillar.budget.account.LedgerWorld.grant;
import static dev.fourthpillar.budget.account.LedgerWorld.reserve;
import static dev.fourthpillar.budget.account.LedgerWorld.settle;
import static dev.fourthpillar.budget.account.LedgerWorld.usage;
import static dev.fourthpillar.budget.account.LedgerWorld.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapRate;
import dev.fourthpillar.budget.cap.CapRoom;
import dev.fourthpillar.budget.charge.ChargeCause;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.hold.OnExpiry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds and usage do to caps: an account of 100 dollars, and caps that say less. */
final class CapRulesTest {
  private static final String START = "2026-03-01T00:00:00Z";
  private static final Instant TOMORROW = Instant.parse("2026-03-02T00:00:00Z");
  private static final long SAME = 1_000_000_000_000L;

  private static final CapDemand DAILY =
      demand("daily", 29_540_000, "USD", SAME, Optional.of(TOMORROW));

  /** In kronor, of which 10.5 are a dollar. */
  private static final CapDemand KRONOR =
      demand("kronor", CapKey.EVER, "SEK", 10_500_000_000_000L, Optional.empty());

  @Test
  void aRefusalNamesTheCapWhatItHasAndWhenItGrows() {
    LedgerWorld world = world();
    cap(world, DAILY, 5);
    world.run(within(reserve("a", 3 * DOLLAR), DAILY));

    Failure refused = world.refusal(within(reserve("b", 2 * DOLLAR + 1), DAILY));

    assertThat(refused.reason()).isEqualTo(Reason.BUDGET_INSUFFICIENT);
    assertThat(refused.metadata())
        .containsEntry("scope", "caps/daily")
        .containsEntry("available", "2.00")
        .containsEntry("requested", "2.000000001")
        .containsEntry("currency", "USD")
        .containsEntry("next_growth_time", "2026-03-02T00:00:00Z");
    assertThat(world.available()).isEqualTo(dollars(97));
    assertThat(held(world, DAILY)).isEqualTo(dollars(3));
  }

  /** The first of two has room, and nothing of it is taken where the second one has not. */
  @Test
  void allScopesOrNone() {
    LedgerWorld world = world();
    cap(world, DAILY, 50);
    cap(world, KRONOR, 42);
    Failure refused = world.refusal(within(reserve("a", 5 * DOLLAR), DAILY, KRONOR));

    // 5 dollars are 52.5 kronor.
    assertThat(refused.metadata())
        .containsEntry("scope", "caps/kronor")
        .containsEntry("available", "42.00")
        .containsEntry("requested", "52.50")
        .doesNotContainKey("next_growth_time");
    assertThat(held(world, DAILY)).isZero();
    assertThat(world.available()).isEqualTo(dollars(100));

    world.run(within(reserve("b", 4 * DOLLAR), DAILY, KRONOR));
    assertThat(held(world, DAILY)).isEqualTo(dollars(4));
    assertThat(held(world, KRONOR)).isEqualTo(dollars(42));
  }

  /** The account itself is asked first. */
  @Test
  void anAccountWithoutRoomRefusesBeforeItsCaps() {
    LedgerWorld world = world();
    cap(world, DAILY, 5);
    assertThat(world.refusal(within(reserve("a", 101 * DOLLAR), DAILY)).metadata())
        .containsEntry("scope", "engineers/ada/USD");
  }

  /** 21 kronor are 2 dollars. */
  @Test
  void aPartialHoldIsNoMoreThanTheTightestCap() {
    LedgerWorld world = world();
    cap(world, DAILY, 5);
    cap(world, KRONOR, 21);
    world.run(within(reserve("a", 30 * DOLLAR, OnExpiry.RELEASE, true), DAILY, KRONOR));

    assertThat(world.holds.get("a").nanos()).isEqualTo(2 * DOLLAR);
    assertThat(held(world, DAILY)).isEqualTo(dollars(2));
    assertThat(held(world, KRONOR)).isEqualTo(dollars(21));
    assertThat(world.refusal(within(reserve("b", DOLLAR, OnExpiry.RELEASE, true), KRONOR)).reason())
        .isEqualTo(Reason.BUDGET_INSUFFICIENT);
  }

  @Test
  void settlingMovesWhatWasHeldToWhatItCostBelowAndAbove() {
    LedgerWorld world = world();
    cap(world, DAILY, 10);
    world.run(within(reserve("a", 4 * DOLLAR), DAILY));
    world.run(settle("a", DOLLAR));
    assertThat(world.caps.get(DAILY.key())).isEqualTo(room(10, 0, 1));

    world.run(within(reserve("b", 4 * DOLLAR), DAILY));
    world.run(settle("b", 15 * DOLLAR));
    world.run(settle("b", 15 * DOLLAR));
    assertThat(world.caps.get(DAILY.key())).isEqualTo(room(10, 0, 16));
    assertThat(world.refusal(within(reserve("c", 1), DAILY)).metadata())
        .containsEntry("available", "0.00");
    // What costs nothing is let through.
    world.run(within(reserve("d", 0), DAILY));
  }

  @Test
  void releaseAndExpiryGiveItBackOrKeepTheEstimate() {
    LedgerWorld world = world();
    cap(world, DAILY, 10);
    world.run(within(reserve("a", 2 * DOLLAR), DAILY));
    world.run(new AccountCommand.Release("a"));
    assertThat(world.caps.get(DAILY.key())).isEqualTo(room(10, 0, 0));

    world.run(within(reserve("b", 3 * DOLLAR), DAILY));
    world.run(within(reserve("c", 4 * DOLLAR, OnExpiry.RELEASE, false), DAILY));
    world.now = world.now.plus(Duration.ofMinutes(10));
    world.sweep();
    assertThat(world.caps.get(DAILY.key())).isEqualTo(room(10, 0, 3));

    // The truth comes after the expiry, for both: 1 instead of 3, and 2 instead of nothing.
    world.run(settle("b", DOLLAR));
    world.run(settle("c", 2 * DOLLAR));
    assertThat(world.caps.get(DAILY.key())).isEqualTo(room(10, 0, 3));
    // Usage says 5 of the one that was settled for 2.
    world.run(usage("u", 3 * DOLLAR, START, ChargeCause.TRUE_UP, "c"));
    assertThat(world.caps.get(DAILY.key())).isEqualTo(room(10, 0, 6));
  }

  @Test
  void aCapThatIsDisabledCountsAndRefusesNothing() {
    LedgerWorld world = world();
    world.caps.put(DAILY.key(), new CapRoom(dollars(1), dollars(0), dollars(0), true));
    world.run(within(reserve("a", 5 * DOLLAR), DAILY));
    assertThat(held(world, DAILY)).isEqualTo(dollars(5));
  }

  /** Whatever happens: what was admitted fitted, and what counts is what the holds say. */
  @Test
  void capsCountWhatHoldsSayAndAdmitWhatFits() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      LedgerWorld world = world();
      cap(world, DAILY, 20);
      cap(world, KRONOR, 150);
      for (int i = 0; i < 40; i++) {
        long nanos = random.nextLong(6 * DOLLAR);
        BigInteger kronor = KRONOR.rate().of(nanos);
        boolean fits =
            BigInteger.valueOf(nanos).compareTo(world.available()) <= 0
                && BigInteger.valueOf(nanos).compareTo(available(world, DAILY)) <= 0
                && kronor.compareTo(available(world, KRONOR)) <= 0;
        var decision =
            world.decide(
                within(
                    reserve(
                        "r" + i,
                        nanos,
                        random.nextBoolean() ? OnExpiry.RELEASE : OnExpiry.SETTLE_ESTIMATE,
                        false),
                    DAILY,
                    KRONOR));
        assertThat(decision instanceof Decision.Accepted)
            .as("seed %d, hold %d", seed, i)
            .isEqualTo(fits);
        String some = "r" + random.nextInt(i + 1);
        switch (random.nextInt(5)) {
          case 0 -> world.decide(settle(some, random.nextLong(3 * DOLLAR)));
          case 1 -> world.decide(new AccountCommand.Release(some));
          case 2 -> {
            world.now = world.now.plus(Duration.ofMinutes(3));
            world.sweep();
          }
          default -> {}
        }
        assertThat(world.caps.get(DAILY.key())).isEqualTo(counted(world, DAILY, 20));
        assertThat(world.caps.get(KRONOR.key())).isEqualTo(counted(world, KRONOR, 150));
      }
    }
  }

  private static CapRoom counted(LedgerWorld world, CapDemand demand, long limit) {
    BigInteger held = BigInteger.ZERO;
    BigInteger settled = BigInteger.ZERO;
    for (Hold hold : world.holds.values()) {
      if (hold.state() == HoldState.HELD) {
        held = held.add(demand.rate().of(hold.nanos()));
      }
      for (var attempt : hold.attempts()) {
        settled = settled.add(demand.rate().of(attempt.cost().list().nanos()));
      }
    }
    return new CapRoom(dollars(limit), held, settled, false);
  }

  private static LedgerWorld world() {
    LedgerWorld world = new LedgerWorld(START);
    world.run(grant("a", 100 * DOLLAR, START, "2026-04-01T00:00:00Z"));
    return world;
  }

  private static CapDemand demand(
      String cap, long start, String currency, long perThousand, Optional<Instant> end) {
    return new CapDemand(new CapKey(cap, start), currency, end, new CapRate("USD", perThousand));
  }

  private static void cap(LedgerWorld world, CapDemand demand, long limit) {
    world.caps.put(demand.key(), room(limit, 0, 0));
  }

  private static CapRoom room(long limit, long held, long settled) {
    return new CapRoom(dollars(limit), dollars(held), dollars(settled), false);
  }

  private static BigInteger held(LedgerWorld world, CapDemand demand) {
    return world.caps.get(demand.key()).held();
  }

  private static BigInteger available(LedgerWorld world, CapDemand demand) {
    return world.caps.get(demand.key()).available().max(BigInteger.ZERO);
  }
}
